package dev.rensa.wallet.backup;

import java.io.IOException;
import java.io.Serial;

/** A backup cannot be read or taken in; nothing was changed. The message is a sentence for the operator. */
public final class BackupException extends IOException {

    /** The passphrase is another. */
    public static final String WRONG_PASSPHRASE = "wrong-passphrase";

    /** The file is not one of ours, or not as it was written. */
    public static final String DAMAGED = "backup-damaged";

    /** Another version of the wallet wrote it. */
    public static final String OTHER_VERSION = "backup-of-other-version";

    /** There is something here already. */
    public static final String NOT_EMPTY = "wallet-not-empty";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    public BackupException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The problem's code. */
    public String code() {
        return code;
    }
}
