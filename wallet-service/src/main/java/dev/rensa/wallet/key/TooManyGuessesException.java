package dev.rensa.wallet.key;

import java.io.Serial;

/** Secrets are being tried too fast. */
public final class TooManyGuessesException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long waitSeconds;

    TooManyGuessesException(long waitSeconds) {
        super("a secret is being tried, or several wrong ones were: try again in " + waitSeconds + " s");
        this.waitSeconds = waitSeconds;
    }

    /** After how many seconds the next may be tried. */
    public long waitSeconds() {
        return waitSeconds;
    }
}
