package dev.rensa.wallet.transfer;

/** Logs a failure that may come back every second: the first of a row with its cause, then one in a hundred. For one thread. */
final class FailureLog {

    private static final int EVERY = 100;

    private final System.Logger logger;
    private long failures;

    FailureLog(Class<?> owner) {
        this.logger = System.getLogger(owner.getName());
    }

    void log(String what, Exception cause) {
        if (failures % EVERY == 0) {
            logger.log(System.Logger.Level.WARNING, what, cause);
        }
        failures++;
    }
}
