package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The handshake as two machines that are handed each other's payloads. */
class HandshakeTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final LocalTip TIP = new LocalTip(7, BlockHash.fromHex("22".repeat(32)), new Work(BigInteger.TEN));
    private static final Hello DIALER = new Hello(
            PeerNode.NETWORK,
            PeerNode.identity(1).nodeKey(),
            Hash.fromHex("33".repeat(32)),
            7400,
            Optional.of("rensa-node-0"),
            "first",
            "rensa/0.1.0",
            TIP);
    private static final Hello LISTENER = new Hello(
            PeerNode.NETWORK,
            PeerNode.identity(2).nodeKey(),
            Hash.fromHex("44".repeat(32)),
            0,
            Optional.empty(),
            "",
            "",
            TIP);

    private Optional<Rejection> listenersVerdict = Optional.empty();
    private Optional<Rejection> dialersVerdict = Optional.empty();
    private final Handshake dialer = new Handshake(
            PeerNode.identity(1), true, DIALER, ChannelBinding.NONE, _ -> Optional.empty(), _ -> dialersVerdict);
    private final Handshake listener = new Handshake(
            PeerNode.identity(2), false, LISTENER, ChannelBinding.NONE, _ -> listenersVerdict, _ -> Optional.empty());

    @Test
    void shouldEndWithBothKeysProved() {
        List<byte[]> answers = listener.receive(dialer.greeting()).replies();
        Handshake.Step greeted = dialer.receive(answers.get(0));
        Handshake.Step proven = dialer.receive(answers.get(1));
        Handshake.Step admitted = listener.receive(proven.replies().getFirst());
        Handshake.Step welcomed = dialer.receive(Handshake.welcome());

        assertThat(greeted.replies()).isEmpty();
        assertThat(admitted.complete()).isTrue();
        assertThat(welcomed.complete()).isTrue();
        assertThat(dialer.provenKey()).contains(LISTENER.nodeKey());
        assertThat(listener.provenKey()).contains(DIALER.nodeKey());
        assertThat(listener.their()).isEqualTo(DIALER);
    }

    @Test
    void shouldShowItsOwnNetworkBeforeItRefuses() {
        Rejection rejection = new Rejection(RejectionReason.WRONG_GENESIS, "another network");
        listenersVerdict = Optional.of(rejection);

        Handshake.Step step = listener.receive(dialer.greeting());

        assertThat(step.refusal()).contains(rejection);
        assertThat(step.replies()).hasSize(1);
        dialer.receive(step.replies().getFirst());
        assertThat(dialer.their()).isEqualTo(LISTENER);
    }

    @Test
    void shouldNotProveItsKeyToANodeItWillNotHave() {
        dialersVerdict = Optional.of(new Rejection(RejectionReason.ALREADY_CONNECTED, "known"));
        List<byte[]> answers = listener.receive(dialer.greeting()).replies();
        dialer.receive(answers.get(0));

        Handshake.Step step = dialer.receive(answers.get(1));

        assertThat(step.refusal()).isEqualTo(dialersVerdict);
        assertThat(step.replies()).isEmpty();
        assertThat(dialer.provenKey()).contains(LISTENER.nodeKey());
    }

    @Test
    void shouldRefuseWhatComesOutOfTurn() {
        assertThat(refusal(dialer, Handshake.welcome())).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
        listener.receive(dialer.greeting());
        assertThat(refusal(listener, dialer.greeting())).isEqualTo(RejectionReason.UNEXPECTED_MESSAGE);
    }

    @Test
    void shouldTellAnotherVersionFromAnotherProtocol() {
        byte[] newer = dialer.greeting();
        newer[6] = 2;
        byte[] foreign = dialer.greeting();
        foreign[1] = 'X';

        assertThat(refusal(listener, newer)).isEqualTo(RejectionReason.PROTOCOL_VERSION_MISMATCH);
        assertThat(refusal(listener, foreign)).isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void shouldKeepToTheFrozenBytes() throws IOException {
        Properties vectors = new Properties();
        try (InputStream in = HandshakeTest.class.getResourceAsStream("handshake.properties")) {
            vectors.load(in);
        }

        assertThat(HEX.formatHex(DIALER.toBytes())).isEqualTo(vectors.getProperty("hello-dialer"));
        assertThat(HEX.formatHex(LISTENER.toBytes())).isEqualTo(vectors.getProperty("hello-listener"));
        assertThat(Hello.decode(DIALER.toBytes())).isEqualTo(DIALER);
        assertThat(Hello.decode(LISTENER.toBytes())).isEqualTo(LISTENER);
        assertThat(HEX.formatHex(
                        HandshakeProof.message(true, DIALER.toBytes(), LISTENER.toBytes(), ChannelBinding.NONE)))
                .isEqualTo(vectors.getProperty("message-dialer"));
        assertThat(HEX.formatHex(
                        HandshakeProof.message(false, DIALER.toBytes(), LISTENER.toBytes(), ChannelBinding.NONE)))
                .isEqualTo(vectors.getProperty("message-listener"));
    }

    @Test
    void shouldRefuseSpoiltGreetingsWithAReason() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        byte[] original = DIALER.toBytes();

        for (int i = 0; i < 10_000; i++) {
            byte[] spoilt = Arrays.copyOf(
                    original, random.nextBoolean() ? original.length : random.nextInt(2 * original.length));
            if (spoilt.length > 0) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Hello.decode(spoilt).toBytes()).as("seed %d", seed).isEqualTo(spoilt);
            } catch (MalformedException e) {
                assertThat(e.rejection().detail()).isNotBlank();
            }
        }
    }

    private static RejectionReason refusal(Handshake machine, byte[] payload) {
        return catchThrowableOfType(MalformedException.class, () -> machine.receive(payload))
                .rejection()
                .reason();
    }
}
