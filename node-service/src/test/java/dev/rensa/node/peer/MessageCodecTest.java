package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message in bytes: forth, back, frozen, and spoilt. */
class MessageCodecTest {

    private static final int MUTATIONS = 10_000;

    static Stream<String> kinds() {
        return MessageSamples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldReadBackWhatItWrote(String kind) {
        Message message = MessageSamples.all().get(kind);

        byte[] payload = MessageCodec.encode(message);

        assertThat(MessageCodec.decode(payload)).isEqualTo(message);
        assertThat(MessageCodec.encode(MessageCodec.decode(payload))).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKeepToTheFrozenBytes(String kind) throws IOException {
        Properties vectors = new Properties();
        try (InputStream in = MessageCodecTest.class.getResourceAsStream("messages.properties")) {
            vectors.load(in);
        }

        byte[] payload = MessageCodec.encode(MessageSamples.all().get(kind));

        assertThat(HexFormat.of().formatHex(payload)).isEqualTo(vectors.getProperty(kind));
    }

    /** A changed byte gives another message or a refusal with its reason, and never anything else. */
    @Test
    void shouldRefuseSpoiltBytesWithAReason() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        List<byte[]> payloads =
                MessageSamples.all().values().stream().map(MessageCodec::encode).toList();
        int refused = 0;

        for (int i = 0; i < MUTATIONS; i++) {
            byte[] original = payloads.get(random.nextInt(payloads.size()));
            byte[] spoilt = spoil(original, random);
            try {
                // What is accepted must be the one encoding of what was read.
                assertThat(MessageCodec.encode(MessageCodec.decode(spoilt)))
                        .as(
                                "seed %d, mutation %d of %s",
                                seed, i, HexFormat.of().formatHex(original))
                        .isEqualTo(spoilt);
            } catch (MalformedException e) {
                assertThat(e.rejection().detail()).isNotBlank();
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(MUTATIONS / 4);
    }

    /** No length of a payload is right but its own. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldRefuseEveryTruncationAndAnyTrailingByte(String kind) {
        byte[] payload = MessageCodec.encode(MessageSamples.all().get(kind));

        for (int length = 0; length < payload.length; length++) {
            assertThat(refusal(Arrays.copyOf(payload, length)))
                    .as("%s cut to %d bytes", kind, length)
                    .isEqualTo(RejectionReason.MALFORMED);
        }
        assertThat(refusal(Arrays.copyOf(payload, payload.length + 1)))
                .isIn(RejectionReason.TRAILING_BYTES, RejectionReason.SIZE_LIMIT);
    }

    @Test
    void shouldRefuseAListThatDeclaresMoreThanItsLimit() {
        byte[] declared = new ByteWriter(64)
                .writeU8(FrameType.GET_HEADERS.number())
                .writeU31(MessageLimits.MAX_LOCATOR + 1)
                .toBytes();

        assertThat(refusal(declared)).isEqualTo(RejectionReason.SIZE_LIMIT);
    }

    @Test
    void shouldRefuseAListThatCannotFitBeforeItTakesMemory() {
        byte[] declared = new ByteWriter(64)
                .writeU8(FrameType.ANNOUNCE_TRANSACTIONS.number())
                .writeU31(MessageLimits.MAX_TRANSACTIONS)
                .toBytes();

        assertThat(refusal(declared)).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void shouldNotSendAListBeyondItsLimit() {
        Message tooLong =
                new Message.GetBodies(Collections.nCopies(MessageLimits.MAX_BODIES + 1, MessageSamples.hash("h")));

        assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.encode(tooLong));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 15, 20, 37, 56, 255})
    void shouldRefuseTypesThatItDoesNotKnow(int type) {
        assertThat(refusal(new byte[] {(byte) type})).isEqualTo(RejectionReason.UNKNOWN_VERSION);
    }

    @Test
    void shouldRefusePlacesThatDoNotAscendOrLieBehindTheEnd() {
        Message.Prefilled first = new Message.Prefilled(1, MessageSamples.transaction(0, ""));
        Message.Prefilled second = new Message.Prefilled(0, MessageSamples.transaction(1, ""));
        Message.Prefilled beyond = new Message.Prefilled(2, MessageSamples.transaction(2, ""));

        assertThat(refusal(compact(first, second))).isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(compact(beyond))).isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(
                        MessageCodec.encode(new Message.GetBlockTransactions(MessageSamples.hash("b"), List.of(3, 3)))))
                .isEqualTo(RejectionReason.NOT_CANONICAL);
    }

    @Test
    void shouldRefuseAFlagThatIsNeitherYesNorNo() {
        assertThat(refusal(new byte[] {(byte) FrameType.WANT_RELAY.number(), 2}))
                .isEqualTo(RejectionReason.NOT_CANONICAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldRefuseTheHandshakeAmongMessages(int type) {
        assertThat(refusal(new byte[] {(byte) type})).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
    }

    @Test
    void shouldRefusePartsThatNoBucketHas() {
        assertThat(refusal(part(2, 2))).isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(part(0, 1))).isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(part(1, 0))).isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(part(0, 2)))
                .as("only the last part has so few accounts")
                .isEqualTo(RejectionReason.NOT_CANONICAL);
        assertThat(refusal(MessageCodec.encode(new Message.GetStateChunk(MessageSamples.hash("s"), 7, 2, 1))))
                .isEqualTo(RejectionReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a-", "a..b", "a/b", "ä", "[::1]", "fe80::1%eth0", "a\nb"})
    void shouldRefuseHostsThatAreNone(String host) {
        assertThat(refusal(peers(host, 7400))).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void shouldRefuseASecondSpellingOfAHost() {
        assertThat(refusal(peers("Node", 7400))).isEqualTo(RejectionReason.NOT_CANONICAL);
    }

    @Test
    void shouldRefusePortZero() {
        assertThat(refusal(peers("node", 0))).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void shouldKnowTheSizeOfABodyBeforeItIsWritten() {
        EncodedBody body = EncodedBodies.of(
                MessageSamples.hash("b"),
                List.of(MessageSamples.transaction(0, "x"), MessageSamples.transaction(1, "yy")));

        int length = MessageCodec.encode(new Message.Bodies(List.of(body))).length;

        assertThat(length).isEqualTo(1 + Integer.BYTES + MessageLimits.sizeOf(body));
    }

    private static byte[] part(int part, int parts) {
        return MessageCodec.encode(new Message.StateChunk(
                MessageSamples.hash("s"),
                MessageSamples.BUCKET,
                List.of(MessageSamples.bucket()),
                part,
                Collections.nCopies(parts, MessageSamples.bucket().root())));
    }

    /** Of one unnamed transaction and those given. */
    private static byte[] compact(Message.Prefilled... prefilled) {
        return MessageCodec.encode(
                new Message.CompactBlock(MessageSamples.header(1), Work.ZERO, 0, ShortIds.of(7), List.of(prefilled)));
    }

    private static byte[] peers(String host, int port) {
        return new ByteWriter(64)
                .writeU8(FrameType.PEERS.number())
                .writeU31(1)
                .writeSized16(host.getBytes(StandardCharsets.ISO_8859_1))
                .writeU16(port)
                .toBytes();
    }

    private static byte[] spoil(byte[] original, Random random) {
        byte[] spoilt = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(spoilt.length);
            switch (random.nextInt(4)) {
                case 0 -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> spoilt[at] = (byte) random.nextInt(256);
                case 2 -> spoilt = Arrays.copyOf(spoilt, 1 + random.nextInt(2 * spoilt.length));
                default -> spoilt[Math.min(at, random.nextInt(5))] = (byte) 0xff;
            }
            spoilt = spoilt.length == 0 ? original.clone() : spoilt;
            if (spoilt.length <= 4) {
                break;
            }
        }
        return spoilt;
    }

    private static RejectionReason refusal(byte[] payload) {
        MalformedException refusal = catchThrowableOfType(MalformedException.class, () -> MessageCodec.decode(payload));
        assertThat(refusal).as(HexFormat.of().formatHex(payload)).isNotNull();
        return refusal.rejection().reason();
    }
}
