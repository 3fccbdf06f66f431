package dev.rensa.wallet.backup;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a wallet keeps, as rows. Every method throws {@link dev.rensa.wallet.transfer.StoreException} too. */
public interface Archive {

    /** Version of the tables; rows of one version fit no other. */
    String version();

    /** Tells everything as it stood at one moment: each table, and behind it its rows. */
    void read(Reader reader) throws IOException;

    /**
     * Takes everything in, all or nothing.
     *
     * @param nowMillis for the log of what was done
     * @throws BackupException if there are wallets, transfers, names or other processes here already
     */
    Restored restore(Source source, Secrets secrets, long nowMillis) throws IOException;

    /** Takes rows. */
    interface Reader {
        void table(String name, List<String> columns) throws IOException;

        /** Texts, whole numbers and nulls, in the order of the columns. */
        void row(List<@Nullable Object> values) throws IOException;
    }

    /** Hands out rows. */
    interface Source {
        /** Gives all rows to a reader; returns only when the end was seen and is the right one. */
        void giveTo(Reader reader) throws IOException;
    }

    /** Seals a secret of the backup anew for this wallet. */
    interface Secrets {
        String reseal(String sealed, String place);
    }

    /**
     * What came in.
     *
     * @param held transfers that were not signed yet
     * @param open transfers that were signed, and not final
     */
    record Restored(int wallets, int transfers, int held, int open) {}
}
