package dev.rensa.explorer.app;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/** Brings the database to the form that this version knows. */
final class Schema {

    private static final Set<MigrationState> NEWER =
            EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private Schema() {}

    /**
     * Migrates it, or leaves it as it was.
     *
     * @param remedy what to do with one that cannot be gone on with
     * @throws IllegalStateException if a version with other tables made it, be it a newer one
     */
    static void migrate(Flyway flyway, String remedy) {
        // Flyway itself goes on with tables that are newer than what it knows.
        if (Arrays.stream(flyway.info().applied()).anyMatch(applied -> NEWER.contains(applied.getState()))) {
            throw otherTables(remedy, null);
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw otherTables(remedy, e);
        }
    }

    private static IllegalStateException otherTables(String remedy, @Nullable FlywayValidateException cause) {
        return new IllegalStateException(
                "Another version of the explorer made its database, with other tables than this one has. The nodes have all"
                        + " that is in it but what was seen and when: " + remedy
                        + ", and start the explorer again; it makes its index anew.",
                cause);
    }
}
