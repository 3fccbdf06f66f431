package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.Fault;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What all connections of a node share. */
record ConnectionScope(
        Vertx vertx,
        PeerTransportConfig config,
        NodeIdentity identity,
        Supplier<LocalTip> tip,
        IntSupplier listenPort,
        InstantSource clock,
        LinkTable links,
        BanList bans,
        PeerEvents events,
        Executor decoders,
        ReceiveBudget receiveBudget,
        SendBudget sendBudget,
        Traffic traffic,
        RateLimitedLog log) {

    private static final SecureRandom RANDOM = new SecureRandom();

    PeerLimits limits() {
        return config.limits();
    }

    /**
     * A handshake with a fresh challenge.
     *
     * @param binding what is unique to the TLS session, empty without TLS
     */
    Handshake handshake(PeerConnection link, Purpose purpose, PeerAddress remote, byte[] binding) {
        byte[] challenge = new byte[Bytes32.LENGTH];
        RANDOM.nextBytes(challenge);
        Hello own = new Hello(
                config.network(),
                identity.nodeKey(),
                Hash.of(challenge),
                listenPort.getAsInt(),
                config.advertisedHost(),
                config.name(),
                config.agent(),
                tip.get());
        return new Handshake(
                identity,
                purpose != Purpose.ACCEPTED,
                own,
                binding,
                hello -> judge(hello, remote),
                key -> purpose == Purpose.FEELER ? Optional.of(LinkTable.enough()) : links.judgeProven(key, link));
    }

    PeerInfo infoOf(Hello hello, boolean dialed, PeerAddress remote) {
        Optional<PeerAddress> listenAddress = hello.listenPort() == 0
                ? Optional.empty()
                : Optional.of(new PeerAddress(hello.listenHost().orElse(remote.host()), hello.listenPort()));
        return new PeerInfo(
                hello.nodeKey(),
                hello.name(),
                hello.agent(),
                dialed,
                remote,
                listenAddress,
                hello.tip().height(),
                hello.tip().hash(),
                hello.tip().work());
    }

    /** Rule "Greeting" of docs/protocol-peers.md: same network, not ourselves, and known if only known nodes may come. */
    private Optional<Rejection> judge(Hello hello, PeerAddress remote) {
        if (!hello.network().equals(config.network())) {
            String detail = "the network of " + remote + " begins with block " + hello.network() + ", ours with "
                    + config.network();
            log.warn(() -> "refused a node of another network: " + detail);
            return Optional.of(new Rejection(RejectionReason.WRONG_GENESIS, detail));
        }
        if (hello.nodeKey().equals(identity.nodeKey())) {
            return Optional.of(new Rejection(RejectionReason.SELF_CONNECTION, remote + " is this node itself"));
        }
        if (!config.allowedKeys().isEmpty() && !config.allowedKeys().contains(hello.nodeKey())) {
            return Optional.of(new Rejection(
                    RejectionReason.NODE_KEY_NOT_ALLOWED,
                    "node key " + hello.nodeKey() + " is not among those that this node allows"));
        }
        return Optional.empty();
    }

    /**
     * Counts a stranger's bytes that break the protocol. To be of another network or version is no misdeed, and neither is
     * to be dialled by mistake.
     *
     * @param came whether the stranger dialled this node
     */
    void noteRefusal(Rejection rejection, PeerAddress remote, boolean came) {
        RejectionReason reason = rejection.reason();
        if (reason.fault() == Fault.SENDER
                && reason != RejectionReason.WRONG_GENESIS
                && reason != RejectionReason.PROTOCOL_VERSION_MISMATCH) {
            if (came) {
                bans.badHandshake(remote.host());
            }
            log.warn(() -> "refused a handshake with " + remote + ": " + rejection);
        }
    }

    /** Where the other end of a TCP connection is, a zone left out. */
    static PeerAddress addressOf(NetSocket socket) {
        return new PeerAddress(
                PeerAddress.withoutZone(socket.remoteAddress().hostAddress()),
                socket.remoteAddress().port());
    }
}
