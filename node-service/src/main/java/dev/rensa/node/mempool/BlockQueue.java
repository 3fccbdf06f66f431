package dev.rensa.node.mempool;

/**
 * Where a pending transaction stands among those that are mined before it, by the fees that wait now. One that pays well
 * stands no better than the worst of its sender's earlier ones, which must be mined first.
 *
 * @param ahead transactions before it
 * @param bytesAhead their bytes
 * @param blocks in which block it comes at the present load, 1 for the next one
 * @param orMore whether there are more before it than were counted
 */
public record BlockQueue(int ahead, long bytesAhead, long blocks, boolean orMore) {

    /** Waiting transactions that are walked over at most, a millisecond: whoever asks often asks for no more. */
    static final int MAX_WALKED = 20_000;

    static BlockQueue of(PooledTransaction entry, Iterable<PooledTransaction> byFee, int blockBytes, int maxWalked) {
        PooledTransaction last = worstOfItsSender(entry);
        int ahead = 0;
        long bytes = 0;
        int walked = 0;
        boolean orMore = false;
        for (PooledTransaction other : byFee) {
            if (other.compareTo(last) > 0) {
                break;
            }
            if (walked++ == maxWalked) {
                orMore = true;
                break;
            }
            boolean behindIt = other.queue() == entry.queue() && other.nonce() >= entry.nonce();
            if (!behindIt && other.isPending()) {
                ahead++;
                bytes += other.transaction().size();
            }
        }
        return new BlockQueue(ahead, bytes, 1 + (bytes + entry.transaction().size() - 1) / blockBytes, orMore);
    }

    private static PooledTransaction worstOfItsSender(PooledTransaction entry) {
        PooledTransaction worst = entry;
        for (PooledTransaction earlier : entry.queue().from(0)) {
            if (earlier.nonce() >= entry.nonce()) {
                break;
            }
            if (earlier.compareTo(worst) > 0) {
                worst = earlier;
            }
        }
        return worst;
    }
}
