package dev.rensa.node.api;

import dev.rensa.node.mining.MiningMode;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The miner, as the API commands it. */
public interface Miner {

    Status status();

    /**
     * Lets it search on its own.
     *
     * @throws ProblemException if its mode is manual
     */
    void start();

    /** Stops the search until it is told to go on; harmless when it does not run. */
    void stop();

    /** Stops the search for a time if it runs, or rests for a time already; otherwise it stays as it is. */
    void rest(Duration time);

    /**
     * Mines blocks at once, without regard to mode and cap, one request after another.
     *
     * @param account who receives subsidy and fees; the configured one when empty
     * @param count 1 to {@link #MAX_BLOCKS}
     * @return the blocks, all of them connected; fails with a {@link ProblemException}
     */
    CompletionStage<List<Block>> mine(Optional<PublicKey> account, int count);

    /** Most blocks of one request. */
    int MAX_BLOCKS = 1_000;

    /**
     * What the miner does.
     *
     * @param hashesPerSecond over the last seconds
     * @param blocksFound since the start
     */
    record Status(
            MiningMode mode,
            boolean running,
            double hashesPerSecond,
            long maxHashesPerSecond,
            PublicKey account,
            long blocksFound) {}
}
