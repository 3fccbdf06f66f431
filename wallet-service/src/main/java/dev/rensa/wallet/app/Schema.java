package dev.rensa.wallet.app;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to the form that this version knows. */
final class Schema {

    private Schema() {}

    /**
     * Migrates it, or leaves it as it was.
     *
     * @param fresh the setting to change for starting anew, and to what
     * @throws IllegalStateException if another version made it and its wallets cannot be carried over
     */
    static void migrate(Flyway flyway, String fresh) {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException(
                    "the wallet's database cannot be brought to this version's form; nothing of it was lost. If another"
                            + " version of the wallet made it, keep it and start that version to move the funds, or set "
                            + fresh + " and import the mnemonics there",
                    e);
        }
    }
}
