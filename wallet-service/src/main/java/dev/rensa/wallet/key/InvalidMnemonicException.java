package dev.rensa.wallet.key;

import java.io.Serial;

/** A text is not a BIP-39 mnemonic. The message says what is wrong and never repeats the words: they may be right but one. */
public final class InvalidMnemonicException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidMnemonicException(String message) {
        super(message);
    }
}
