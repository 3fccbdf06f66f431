package dev.rensa.node.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Bytes that went to and came from all peers since the start, by type of message: whole frames, their lengths included, as
 * they are before TLS. The types of the protocol bound how many sums there are. Safe for use by several threads.
 */
public final class Traffic {

    /** What it is counted by: the names of the types in docs/protocol-peers.md, in lower case. */
    private static final List<String> TYPES = Arrays.stream(FrameType.values())
            .map(type -> type.name().toLowerCase(Locale.ROOT))
            .toList();

    private final List<LongAdder> sent = adders();
    private final List<LongAdder> received = adders();

    private static List<LongAdder> adders() {
        return Stream.generate(LongAdder::new).limit(TYPES.size()).toList();
    }

    /** All types of messages. */
    public static List<String> types() {
        return TYPES;
    }

    public long sentBytes(String type) {
        return sent.get(TYPES.indexOf(type)).sum();
    }

    public long receivedBytes(String type) {
        return received.get(TYPES.indexOf(type)).sum();
    }

    /** Counts a frame that was written. */
    void sent(byte[] frame) {
        add(sent, FrameType.ofNumber(frame[Integer.BYTES] & 0xff), frame.length);
    }

    /** Counts a frame that came whole. */
    void received(FrameType type, int payloadBytes) {
        add(received, type, Integer.BYTES + payloadBytes);
    }

    @SuppressWarnings("EnumOrdinal") // The place in the list of all types, which is the order of the enum.
    private static void add(List<LongAdder> sums, FrameType type, int bytes) {
        sums.get(type.ordinal()).add(bytes);
    }
}
