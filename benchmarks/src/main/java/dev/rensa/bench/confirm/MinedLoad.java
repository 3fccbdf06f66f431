package dev.rensa.bench.confirm;

import dev.rensa.bench.load.Submitter;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node's whole chain held against what was submitted: each accepted transfer must stand in it exactly once. */
final class MinedLoad {

    private record Sender(int submitter, int index) {}

    private final List<Submitter> submitters;
    private final Map<PublicKey, Sender> senders = new HashMap<>();
    private final List<BitSet> mined = new ArrayList<>();
    private final Percentiles waiting = new Percentiles();
    private final List<Long> transfersUpTo = new ArrayList<>();
    private final long warmUpHeight;
    private long total;
    private long twice;
    private long unknown;

    private MinedLoad(List<Submitter> submitters, long warmUpHeight) {
        this.submitters = submitters;
        this.warmUpHeight = warmUpHeight;
        transfersUpTo.add(0L);
        for (int i = 0; i < submitters.size(); i++) {
            mined.add(new BitSet());
            var accounts = submitters.get(i).load().senders();
            for (int s = 0; s < accounts.size(); s++) {
                senders.put(accounts.get(s).publicKey(), new Sender(i, s));
            }
        }
    }

    /**
     * Reads every block of the node.
     *
     * @param sightings when which head was seen
     * @param warmUpHeight up to here times from submission to block do not count
     */
    static MinedLoad read(
            LocalNode node, List<Submitter> submitters, List<TipWatch.Sighting> sightings, long warmUpHeight) {
        MinedLoad load = new MinedLoad(submitters, warmUpHeight);
        long height = node.client().status().height();
        String[] hashes = new String[Math.toIntExact(height) + 1];
        List<Block> blocks = new ArrayList<>();
        for (int h = 1; h <= height; h++) {
            Block block = node.client().rawBlock(Integer.toString(h));
            hashes[h] = block.hash().toHex();
            blocks.add(block);
        }
        // A block is confirmed once a head is seen that stands on it in the end: forks on the way do not count.
        var canonical = sightings.stream()
                .filter(s -> s.height() == 0 || s.hash().equals(hashes[(int) s.height()]))
                .toList();
        int next = 0;
        for (Block block : blocks) {
            while (next < canonical.size() - 1 && canonical.get(next).height() < block.height()) {
                next++;
            }
            load.count(block, canonical.get(next).nanos());
        }
        return load;
    }

    private void count(Block block, long seenNanos) {
        for (Transaction transaction : block.transactions()) {
            Sender sender = senders.get(transaction.sender());
            if (sender == null) {
                unknown++;
                continue;
            }
            Submitter submitter = submitters.get(sender.submitter());
            int number = Math.toIntExact(submitter.load().numberOf(sender.index(), transaction.nonce()));
            if (mined.get(sender.submitter()).get(number)) {
                twice++;
            }
            mined.get(sender.submitter()).set(number);
            long sent = submitter.sentNanos(number / submitter.load().batchSize());
            if (block.height() > warmUpHeight) {
                waiting.add((seenNanos - sent) / 1_000_000, 1);
            }
            total++;
        }
        transfersUpTo.add(total);
    }

    /** Transfers of the load in the blocks up to a height. */
    long transfersUpTo(long height) {
        return transfersUpTo.get((int) height);
    }

    /** Time from sending a transfer to seeing its block, behind the warm-up. */
    Percentiles waiting() {
        return waiting;
    }

    long total() {
        return total;
    }

    /** What is wrong with the chain: accepted transfers that are missing, and others that should not be there. */
    String faults() {
        long lost = 0;
        for (int i = 0; i < submitters.size(); i++) {
            int expected = submitters.get(i).acceptedBatches()
                    * submitters.get(i).load().batchSize();
            lost += expected - mined.get(i).get(0, expected).cardinality();
        }
        return lost + twice + unknown == 0
                ? ""
                : "%d accepted transfers are lost, %d were mined twice, %d are of nobody"
                        .formatted(lost, twice, unknown);
    }
}
