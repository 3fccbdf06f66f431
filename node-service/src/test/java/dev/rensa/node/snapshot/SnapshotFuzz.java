package dev.rensa.node.snapshot;

import dev.rensa.node.fuzz.FuzzCheck;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.WireMessages;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.state.BucketRoots;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A node that joins from a snapshot, and what strangers do to it. The lowest bit of the first byte says whether an honest
 * peer comes in the end, the next whether somebody claims headers that nobody shows; each step is then a byte, the number of
 * a {@link Step} and in its highest bit whose step it is, and behind it what the step takes.
 */
public final class SnapshotFuzz {
    private static final int STRANGERS = 2;

    /** Steps beyond it only repeat what shorter stories do. */
    private static final int MAX_STEPS = 512;

    /** Steps by their numbers, for seeds. */
    private static final int LIE = 1;

    private static final int THINK = 6;

    static final int FORGE = 8;

    static final int KILL = 9;

    private SnapshotFuzz() {}

    private enum Step {
        /** The oldest question is answered with the truth. */
        TRUTH,
        /** It is answered with the two bytes of length and the body that follow, behind what it asked for. */
        LIE,
        /** Anything is sent: two bytes of length and a payload. */
        ANYTHING,
        /** As many seconds pass as the next byte says. */
        WAIT,
        LEAVE,
        COME,
        /** What is to be computed is computed. */
        THINK,
        /** The chain grows, so that a newer state is there. */
        GROW,
        /** The oldest question is answered with the truth but for one byte: four bytes for which, and what it is changed by. */
        FORGE,
        /** The process is killed and begins anew. */
        KILL
    }

    private static final Step[] STEPS = Step.values();

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        play(new JoinStory(), ByteBuffer.wrap(input));
    }

    /** Plays what the bytes say, of which there is at least one. */
    static void play(JoinStory story, ByteBuffer bytes) {
        byte how = bytes.get();
        boolean honestEnd = (how & 1) != 0;
        if ((how & 2) != 0) {
            story.claimHeaders();
        }
        for (int i = 0; i < STRANGERS; i++) {
            story.come(i);
        }
        for (int i = 0; i < MAX_STEPS && bytes.hasRemaining(); i++) {
            step(story, bytes);
        }
        if (honestEnd) {
            story.endHonestly();
        }
        story.requireTruth();
    }

    private static void step(JoinStory story, ByteBuffer bytes) {
        byte what = bytes.get();
        int who = what < 0 ? 1 : 0;
        switch (STEPS[(what & 0x7f) % STEPS.length]) {
            case TRUTH -> story.answerTruly(who);
            case LIE -> lie(story, who, sized(bytes));
            case ANYTHING -> say(story, who, sized(bytes));
            case WAIT -> story.pass(1_000L * (bytes.hasRemaining() ? bytes.get() & 0xff : 1));
            case LEAVE -> story.leave(who);
            case COME -> story.come(who);
            case THINK -> story.think();
            case GROW -> story.grow();
            case FORGE -> forge(story, who, bytes);
            case KILL -> story.kill();
        }
    }

    private static void forge(JoinStory story, int who, ByteBuffer bytes) {
        if (bytes.remaining() < Integer.BYTES + 1 || story.question(who).isEmpty()) {
            return;
        }
        byte[] payload = WireMessages.encode(story.truth(who));
        payload[Integer.remainderUnsigned(bytes.getInt(), payload.length)] ^= bytes.get();
        say(story, who, payload);
    }

    /** Spares the fuzzer to guess hashes. */
    private static void lie(JoinStory story, int who, byte[] body) {
        story.question(who).map(SnapshotFuzz::answerHead).ifPresent(head -> say(story, who, join(head, body)));
    }

    private static byte[] answerHead(Message question) {
        return switch (question) {
            case Message.GetStateRoots(var block) -> {
                byte[] whole = WireMessages.encode(new Message.StateRoots(block, List.of()));
                yield Arrays.copyOf(whole, whole.length - Integer.BYTES);
            }
            case Message.GetStateChunk chunk -> {
                byte[] whole = WireMessages.encode(new Message.StateChunk(chunk.block(), chunk.first(), List.of()));
                yield Arrays.copyOf(whole, whole.length - 2 * Short.BYTES - Integer.BYTES);
            }
            default -> throw new AssertionError("joining asked " + question);
        };
    }

    private static void say(JoinStory story, int who, byte[] payload) {
        Message message;
        try {
            message = WireMessages.decode(payload);
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
            story.leave(who);
            return;
        }
        if (message instanceof Message.StateRoots(var block, List<ByteBuffer> pages) && !pages.isEmpty()) {
            requireCanonical(pages);
        }
        story.say(who, message);
    }

    /** Roots are refused, or their pages are those that came. */
    private static void requireCanonical(List<ByteBuffer> pages) {
        List<byte[]> encoded = new ArrayList<>();
        for (ByteBuffer page : pages) {
            byte[] bytes = new byte[page.remaining()];
            page.duplicate().get(bytes);
            encoded.add(bytes);
        }
        try {
            List<byte[]> again = BucketRoots.decode(encoded).pages();
            for (int i = 0; i < again.size(); i++) {
                if (!Arrays.equals(again.get(i), encoded.get(i))) {
                    throw new AssertionError("page " + i + " is written in another way than it was read");
                }
            }
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
        }
    }

    private static byte[] sized(ByteBuffer bytes) {
        int length = bytes.remaining() < Short.BYTES ? 0 : bytes.getShort() & 0xffff;
        byte[] content = new byte[Math.min(length, bytes.remaining())];
        bytes.get(content);
        return content;
    }

    private static byte[] join(byte[] head, byte[] body) {
        return new ByteWriter(head.length + body.length)
                .writeBytes(head)
                .writeBytes(body)
                .toBytes();
    }

    /** Truth alone; lies of each kind; peers that come, go and are silent; a chain that grows meanwhile. */
    public static List<byte[]> seeds() {
        byte[] truth = {1, 0, 6, 0, (byte) 0x80, 6, 0, 0, (byte) 0x80, 6};
        byte[] silence = {0, 3, 5, 3, 20, (byte) 0x80, 6, 3, 20, 4, 3, 50, 5, 6};
        byte[] growth = {1, 0, 6, 7, 0, 6, 4, (byte) 0x84, 5, 7, 0, 6, 6};
        byte[] nothing = {0, 1, 0, 4, 0, 0, 0, 0, (byte) 0x81, 0, 4, 0, 0, 0, 0, 3, 11};
        List<byte[]> seeds = new ArrayList<>(List.of(truth, silence, growth, nothing));
        seeds.add(liedRoots());
        seeds.add(new byte[] {3, 0, 6, 3, 61, 0, 6, 0, (byte) 0x80, 6, 3, 10});
        seeds.add(new byte[] {1, 0, 6, FORGE, 0, 0, 1, 0, 1, 6, 5, 0, 6, KILL, 5, 0, 6});
        seeds.add(new ByteWriter(64)
                .writeBytes(new byte[] {1, 0, 6})
                .writeU8(LIE)
                .writeU16(2 * (Short.BYTES + Integer.BYTES))
                .writeU16(1)
                .writeU31(0)
                .writeU16(0)
                .writeU31(0)
                .writeU8(THINK)
                .toBytes());
        return seeds;
    }

    private static byte[] liedRoots() {
        ByteWriter body = new ByteWriter(16_384)
                .writeList(
                        BucketRoots.EMPTY.with(Map.of(7, JoinStory.someHash())).pages(), ByteWriter::writeSized16);
        byte[] pages = body.toBytes();
        return new ByteWriter(16_384)
                .writeU8(0)
                .writeU8(LIE)
                .writeU16(pages.length)
                .writeBytes(pages)
                .writeU8(THINK)
                .toBytes();
    }
}
