package dev.rensa.node.maintenance;

import dev.rensa.node.chain.BusyNode;
import dev.rensa.node.chain.InMemoryStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A short chain as a file, to begin fuzzing from. */
public final class ChainFileSeeds {
    private ChainFileSeeds() {}

    public static List<byte[]> files() {
        BusyNode node = new BusyNode(new InMemoryStorage());
        ByteArrayOutputStream empty = export(node);
        node.mineOne();
        return List.of(empty.toByteArray(), export(node).toByteArray());
    }

    private static ByteArrayOutputStream export(BusyNode node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ChainExport.write(
                    node.chain(),
                    node.chain().head(),
                    out,
                    new ProgressBar(new PrintStream(new ByteArrayOutputStream()), false, System::nanoTime));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }
}
