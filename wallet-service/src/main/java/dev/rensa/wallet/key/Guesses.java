package dev.rensa.wallet.key;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets one secret be tried at a time, since Argon2id takes 64 MiB and hundreds of milliseconds, and after a few wrong ones
 * makes whoever tries next wait: one second, then twice as long each time. Safe for use by several threads.
 */
final class Guesses {

    /** Wrong ones that cost nothing: people mistype. */
    static final int FREE = 3;

    /** Longest wait: 1,440 guesses a day, and no longer for the one who knows the secret. */
    static final long LONGEST_WAIT_SECONDS = 60;

    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    /** Guarded by the turn, as the next. */
    private int wrong;

    private long againAtMillis;

    Guesses(Clock clock) {
        this.clock = clock;
    }

    /**
     * Tries a secret.
     *
     * @throws TooManyGuessesException if it must wait; it was not tried then
     * @throws WrongSecretException if it is wrong, as the attempt says
     */
    <T> T attempt(Supplier<T> attempt) {
        if (!turn.tryAcquire()) {
            throw new TooManyGuessesException(1);
        }
        try {
            long waitMillis = againAtMillis - clock.millis();
            if (waitMillis > 0) {
                throw new TooManyGuessesException(Math.ceilDiv(waitMillis, 1000));
            }
            T opened = attempt.get();
            wrong = 0;
            return opened;
        } catch (WrongSecretException e) {
            wrong++;
            if (wrong > FREE) {
                long seconds = Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(wrong - FREE - 1, 6));
                againAtMillis = clock.millis() + seconds * 1000;
            }
            throw e;
        } finally {
            turn.release();
        }
    }
}
