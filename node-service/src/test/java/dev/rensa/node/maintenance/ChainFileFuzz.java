package dev.rensa.node.maintenance;

import dev.rensa.node.fuzz.FuzzCheck;
import java.io.ByteArrayInputStream;

/** Files that are said to be exported chains. */
public final class ChainFileFuzz {
    private ChainFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.bounded(input, () -> {
            try {
                ChainFileReader file = new ChainFileReader(new ByteArrayInputStream(input));
                for (ChainFileReader.RawBlock block = file.next(); block != null; block = file.next()) {
                    if (block.bytes().length > input.length) {
                        throw new AssertionError("a block that is longer than its file");
                    }
                }
            } catch (MaintenanceException e) {
                if (e.getMessage().isBlank()) {
                    throw new AssertionError("a refusal without a sentence", e);
                }
            }
        });
    }
}
