package dev.rensa.node.fuzz;

import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.genesis.InvalidGenesisException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Genesis documents: refused with a sentence, or read so that their own document gives the same network again. */
public final class GenesisFuzz {
    private GenesisFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.bounded(input, () -> {
            Genesis genesis;
            try {
                genesis = GenesisDocument.parse(new String(input, StandardCharsets.UTF_8));
            } catch (InvalidGenesisException e) {
                if (e.getMessage().isBlank()) {
                    throw new AssertionError("a refusal without a sentence", e);
                }
                return;
            }
            Genesis again = GenesisDocument.parse(GenesisDocument.of(genesis).toJson());
            if (!Arrays.equals(genesis.toBytes(), again.toBytes())) {
                throw new AssertionError("another network by its own document: " + genesis);
            }
        });
    }

    static List<byte[]> seeds() {
        return List.of(GenesisDocument.of(DevelopmentGenesis.get()).toJson().getBytes(StandardCharsets.UTF_8));
    }
}
