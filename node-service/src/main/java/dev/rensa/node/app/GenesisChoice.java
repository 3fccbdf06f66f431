package dev.rensa.node.app;

import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.genesis.InvalidGenesisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which network this node belongs to. */
final class GenesisChoice {

    private GenesisChoice() {}

    /**
     * Reads the configured genesis, or takes the development network's.
     *
     * @throws CannotStartException if the document cannot be read, or is the development network's in production
     */
    static Genesis of(NodeConfig config) {
        Genesis genesis = config.genesisFile().map(GenesisChoice::read).orElseGet(DevelopmentGenesis::get);
        if (config.production() && DevelopmentGenesis.is(genesis.networkHash())) {
            throw new CannotStartException(
                    "The development network's faucet key is known to everybody, so a node in"
                            + " production (rensa.production=true) refuses it: name a genesis of your own in rensa.genesis-file.");
        }
        if (config.production() && config.lab().enabled()) {
            throw new CannotStartException(
                    "The lab (rensa.lab.enabled) breaks links on purpose, so a node in production"
                            + " (rensa.production=true) refuses it: leave one of the two out.");
        }
        return genesis;
    }

    private static Genesis read(Path file) {
        try {
            return GenesisDocument.parse(Files.readString(file));
        } catch (IOException e) {
            throw new CannotStartException("The genesis file " + file + " (rensa.genesis-file) cannot be read: " + e);
        } catch (InvalidGenesisException e) {
            throw new CannotStartException(
                    "The genesis file " + file + " (rensa.genesis-file) is refused: " + e.getMessage() + ".");
        }
    }
}
