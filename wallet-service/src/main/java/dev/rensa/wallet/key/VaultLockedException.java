package dev.rensa.wallet.key;

import java.io.Serial;

/** The vault is locked: no secret can be opened until somebody unlocks it. */
public final class VaultLockedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    VaultLockedException() {
        super("the wallet is locked: an administrator unlocks it with POST /vault/unlock");
    }
}
