package dev.rensa.node.simulation;

import dev.rensa.node.gossip.RelayListener.CompactOutcome;
import dev.rensa.node.gossip.RelayListener.TransactionEvent;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageCodec;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What travels in the whole network, in messages and in the bytes of their frames. */
final class Traffic {

    private final Map<String, Long> bytesByKind = new TreeMap<>();
    private final Map<CompactOutcome, Integer> rebuilt = new EnumMap<>(CompactOutcome.class);
    private final Map<TransactionEvent, Integer> relayed = new EnumMap<>(TransactionEvent.class);
    private boolean counting;

    /** Begins to count bytes, which takes as long as sending does. */
    void count() {
        counting = true;
    }

    void sent(Message message) {
        if (counting) {
            long frame = (long) Integer.BYTES + MessageCodec.encode(message).length;
            bytesByKind.merge(message.getClass().getSimpleName(), frame, Long::sum);
        }
    }

    void rebuilt(CompactOutcome outcome) {
        rebuilt.merge(outcome, 1, Integer::sum);
    }

    void relayed(TransactionEvent event, int count) {
        relayed.merge(event, count, Integer::sum);
    }

    int of(CompactOutcome outcome) {
        return rebuilt.getOrDefault(outcome, 0);
    }

    int of(TransactionEvent event) {
        return relayed.getOrDefault(event, 0);
    }

    long bytes() {
        return bytesByKind.values().stream().mapToLong(bytes -> bytes).sum();
    }

    @Override
    public String toString() {
        return bytesByKind + " " + rebuilt + " " + relayed;
    }
}
