package dev.rensa.protocol.api;

import org.jspecify.annotations.Nullable;

/**
 * A node at a glance.
 *
 * @param nodeKey its identity, a public key in hexadecimal
 * @param network name of the network
 * @param networkHash block 0's hash
 * @param networkId its first four bytes, eight hexadecimal digits
 * @param development whether this is the development genesis, whose faucet key everybody knows
 * @param work cumulative work, a decimal number
 * @param lab whether the node has a lab, in which its links can be cut ({@code rensa.lab.enabled})
 * @param ready whether the node is caught up with the best peer it has seen
 */
public record StatusView(
        String nodeKey,
        String name,
        String version,
        String network,
        String networkHash,
        String networkId,
        String addressPrefix,
        String coinSymbol,
        boolean development,
        boolean lab,
        long height,
        String tip,
        long tipTimestampMillis,
        String work,
        boolean ready,
        SyncView sync,
        SnapshotView snapshot,
        int peers,
        int mempoolTransactions,
        long mempoolBytes,
        MiningView mining,
        long startedAtMillis,
        long timeMillis) {

    /**
     * How far catching up has come.
     *
     * @param state {@code synced}, {@code headers} or {@code bodies}
     * @param headerHeight height of the best header known
     * @param targetHeight best height a peer has announced
     * @param transactionsPerSecond of the blocks that joined the chain during the last 20 s
     * @param remainingMillis time until it is caught up, at the speed of the last 20 s; null where that says nothing
     */
    public record SyncView(
            String state,
            long headerHeight,
            long targetHeight,
            long transactionsPerSecond,
            @Nullable Long remainingMillis) {}

    /**
     * Joining from the accounts at a checkpoint.
     *
     * @param state {@code none}, {@code choosing}, {@code roots}, {@code chunks}, {@code installing} or {@code returning}
     * @param baseHeight of the block whose accounts are or were taken over, below which only headers are known; 0 if there
     *     is none
     * @param chunksDone of {@code chunksTotal}, while accounts are fetched
     */
    public record SnapshotView(String state, long baseHeight, int chunksDone, int chunksTotal) {}
}
