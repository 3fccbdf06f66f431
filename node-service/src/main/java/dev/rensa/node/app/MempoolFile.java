package dev.rensa.node.app;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The mempool between two runs of a node: packed transactions. It is a convenience, so a file that cannot be read or
 * written costs a line in the log and nothing else.
 */
final class MempoolFile {

    private static final Logger LOG = Logger.getLogger(MempoolFile.class);

    private final Path file;

    MempoolFile(Path dataDirectory) {
        this.file = dataDirectory.resolve("mempool.dat");
    }

    /** Writes aside and moves into place, so that a kill leaves the old file or the new one. */
    void save(List<Transaction> transactions) {
        ByteWriter writer =
                new ByteWriter(transactions.stream().mapToInt(Transaction::size).sum());
        transactions.forEach(transaction -> transaction.write(writer));
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(aside, writer.toBytes());
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warnf("The mempool cannot be saved to %s: %s", file, e.getMessage());
        }
    }

    /** What was saved, as far as it can be read. */
    List<Transaction> load() {
        List<Transaction> transactions = new ArrayList<>();
        if (!Files.exists(file)) {
            return transactions;
        }
        try {
            ByteReader reader = new ByteReader(Files.readAllBytes(file));
            while (reader.remaining() > 0) {
                transactions.add(Transaction.read(reader));
            }
        } catch (IOException | MalformedException e) {
            LOG.warnf("The saved mempool in %s cannot be read to its end: %s", file, e.getMessage());
        }
        return transactions;
    }
}
