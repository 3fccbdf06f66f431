package dev.rensa.explorer.app;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the database to the form that this version knows. */
final class Schema {

    private Schema() {}

    /**
     * Migrates it, or leaves it as it was.
     *
     * @param remedy what to do with one that cannot be gone on with
     * @throws IllegalStateException if a version with other tables made it
     */
    static void migrate(Flyway flyway, String remedy) {
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "Another version of the explorer made its database, with other tables than this one has. The nodes have all"
                            + " that is in it but what was seen and when: " + remedy
                            + ", and start the explorer again; it makes its index anew.",
                    e);
        }
    }
}
