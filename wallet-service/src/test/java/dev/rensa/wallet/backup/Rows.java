package dev.rensa.wallet.backup;

import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What two databases of the same wallet have in common. */
final class Rows {

    /** Columns that say that a wallet was restored. */
    private static final Set<String> NOTES = Set.of("epoch", "held_from", "restored");

    private Rows() {}

    /** All rows by table but those that a database has for itself; without sealed texts and what a restoration notes. */
    static Map<String, List<String>> of(Database database) throws IOException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        new JdbcArchive(database, () -> null).read(new Archive.Reader() {
            private List<String> columns = List.of();
            private List<String> rows = new ArrayList<>();

            @Override
            public void table(String name, List<String> named) {
                columns = named;
                rows = new ArrayList<>();
                tables.put(name, rows);
            }

            @Override
            public void row(List<@Nullable Object> values) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    if (!columns.get(i).startsWith("sealed") && !NOTES.contains(columns.get(i))) {
                        row.put(columns.get(i), String.valueOf(values.get(i)));
                    }
                }
                rows.add(row.toString());
            }
        });
        tables.values().forEach(rows -> rows.sort(null));
        return tables;
    }
}
