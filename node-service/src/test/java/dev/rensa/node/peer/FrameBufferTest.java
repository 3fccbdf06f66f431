package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames cut from a stream that arrives in whatever pieces. */
class FrameBufferTest {

    private final FrameBuffer frames = new FrameBuffer((_, _) -> true);

    @BeforeEach
    void pastTheHandshake() {
        frames.endHandshake();
    }

    @Test
    void shouldCutTheSameFramesHoweverTheBytesArrive() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        List<Message> sent = new ArrayList<>(MessageSamples.all().values());
        sent.add(new Message.GetHeaders(Collections.nCopies(64, MessageSamples.hash("h"))));
        sent.add(new Message.Headers(Collections.nCopies(2_000, MessageSamples.header(5))));
        Collections.shuffle(sent, random);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        sent.forEach(message -> stream.writeBytes(Frames.of(message)));
        byte[] bytes = stream.toByteArray();
        List<Message> received = new ArrayList<>();

        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 7 : 70_000));
            frames.append(Arrays.copyOfRange(bytes, at, end));
            at = end;
            // Now and then bytes pile up before anybody takes a frame, as when reading was paused.
            if (random.nextInt(4) > 0 || at == bytes.length) {
                for (byte[] payload = frames.next(); payload != null; payload = frames.next()) {
                    received.add(MessageCodec.decode(payload));
                }
            }
        }

        assertThat(received).isEqualTo(sent);
        assertThat(frames.hasBufferedBytes()).isFalse();
    }

    @Test
    void shouldRefuseALengthBeyondAnyLimitBeforeTheTypeArrives() {
        frames.append(
                new ByteWriter(4).writeU31(MessageLimits.MAX_FRAME_BYTES + 1).toBytes());

        assertThat(refusal()).isEqualTo(RejectionReason.SIZE_LIMIT);
    }

    @Test
    void shouldRefuseALengthOfZero() {
        frames.append(new byte[4]);

        assertThat(refusal()).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void shouldRefuseALengthWithItsHighestBitSet() {
        frames.append(new byte[] {-1, -1, -1, -1});

        assertThat(refusal()).isEqualTo(RejectionReason.SIZE_LIMIT);
    }

    @Test
    void shouldHoldTheLengthAgainstTheTypeAsSoonAsItArrives() {
        for (FrameType type : FrameType.values()) {
            if (type != FrameType.BODIES) {
                FrameBuffer fresh = new FrameBuffer((_, _) -> true);
                fresh.endHandshake();
                fresh.append(new ByteWriter(5)
                        .writeU31(type.maximumBytes() + 1)
                        .writeU8(type.number())
                        .toBytes());

                MalformedException refusal = catchThrowableOfType(MalformedException.class, fresh::next);

                assertThat(refusal.rejection().reason()).as("%s", type).isEqualTo(RejectionReason.SIZE_LIMIT);
            }
        }
    }

    @Test
    void shouldRefuseMessagesOfStrangers() {
        FrameBuffer fresh = new FrameBuffer((_, _) -> true);
        fresh.append(Frames.of(new Message.Ping(1)));

        MalformedException refusal = catchThrowableOfType(MalformedException.class, fresh::next);

        assertThat(refusal.rejection().reason()).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
    }

    /** Ten thousand declared frames of the largest size, of which little arrives, fit into a small heap. */
    @Test
    void shouldTakeMemoryForWhatArrivedNotForWhatWasDeclared() {
        List<FrameBuffer> waiting = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            FrameBuffer fresh = new FrameBuffer((_, _) -> true);
            fresh.endHandshake();
            fresh.append(new ByteWriter(16)
                    .writeU31(MessageLimits.MAX_FRAME_BYTES)
                    .writeU8(FrameType.BODIES.number())
                    .writeLong(0)
                    .toBytes());
            assertThat(fresh.next()).isNull();
            waiting.add(fresh);
        }

        assertThat(waiting).hasSize(10_000);
    }

    private RejectionReason refusal() {
        return catchThrowableOfType(MalformedException.class, frames::next)
                .rejection()
                .reason();
    }
}
