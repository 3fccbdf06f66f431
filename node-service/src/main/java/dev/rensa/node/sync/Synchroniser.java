package dev.rensa.node.sync;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.OpenQuestion;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Gets every block that peers have and we lack, whether it was found a moment ago or there are a hundred thousand of them:
 * headers first, then bodies. Writer thread only, but for what says otherwise.
 */
public final class Synchroniser {

    private final Chain chain;
    private final InstantSource clock;
    private final Map<NodeKey, SyncPeer> peers = new LinkedHashMap<>();
    private final HeaderSync headers;
    private final BodySync bodies;
    private final BlockServer server;
    private final Readiness readiness = new Readiness();

    private final CatchUpSpeed speed = new CatchUpSpeed();

    private volatile long checkingBytes;
    private volatile SyncProgress progress;
    private volatile List<PeerTip> statuses = List.of();

    /**
     * Knows no peer yet.
     *
     * @param serving where peers' questions are answered
     * @param comingOtherwise blocks whose bodies are on another way here and are not asked for meanwhile
     */
    public Synchroniser(
            Chain chain,
            InstantSource clock,
            Timers timers,
            BlockIntake intake,
            BackgroundWork serving,
            Predicate<BlockHash> comingOtherwise,
            SyncListener listener) {
        this.chain = chain;
        this.clock = clock;
        this.headers = new HeaderSync(chain, clock, timers, listener);
        this.bodies = new BodySync(chain, clock, timers, intake, comingOtherwise, listener, peers.values());
        this.server = new BlockServer(chain, timers, serving);
        this.progress = measure();
    }

    public void connected(PeerLink link) {
        SyncPeer peer = new SyncPeer(link, clock.millis());
        peers.put(link.key(), peer);
        headers.proveTip(peer);
        goOn();
    }

    public void disconnected(NodeKey key) {
        SyncPeer peer = peers.remove(key);
        if (peer != null) {
            headers.disconnected(peer);
            bodies.disconnected(peer);
            server.disconnected(key);
            goOn();
        }
    }

    /** A peer told of its tip. */
    public void announced(PeerLink link, BlockHeader header, Work work) {
        SyncPeer peer = peers.get(link.key());
        if (peer != null) {
            headers.announced(peer, header, work);
            goOn();
        }
    }

    public void received(PeerLink link, Message.Headers message) {
        SyncPeer peer = peers.get(link.key());
        if (peer != null) {
            headers.received(peer, message.headers(), peers.values());
            goOn();
        }
    }

    public void received(PeerLink link, Message.Bodies message) {
        SyncPeer peer = peers.get(link.key());
        if (peer != null) {
            bodies.received(peer, message.bodies());
            goOn();
        }
    }

    public void asked(PeerLink link, Message.GetHeaders question) {
        server.asked(link, question);
    }

    public void asked(PeerLink link, Message.GetBodies question) {
        server.asked(link, question);
    }

    public void asked(PeerLink link, Message.GetBlockTransactions question) {
        server.asked(link, question);
    }

    /** Blocks joined the canonical chain; {@link #headChanged} follows when the head is where it should be. */
    public void joined(List<Block> blocks) {
        long transactions =
                blocks.stream().mapToLong(block -> block.transactions().size()).sum();
        speed.note(clock.millis(), blocks.size(), transactions);
    }

    /** Bytes of bodies that were received and are not judged yet. From any thread. */
    public long checkingBytes() {
        return checkingBytes;
    }

    /** A block that was taken from this peer breaks a rule, as its turn to be judged shows. */
    public void foundInvalid(NodeKey from, Rejection why) {
        SyncPeer peer = peers.get(from);
        if (peer != null) {
            peer.doubt();
            peer.link().penalise(100, why);
        }
    }

    /** The head moved, for whatever reason. */
    public void headChanged() {
        updateProgress();
    }

    /** To be called every few seconds: asks again what did not pass or whose time had not come, and lets silent peers go. */
    public void tick() {
        for (SyncPeer peer : List.copyOf(peers.values())) {
            OpenQuestion.endIfSilent(peer.link(), peer.oldestQuestionMillis(), clock.millis());
        }
        goOn();
    }

    /** A body that was coming otherwise is not: it is asked for now. */
    public void fetch() {
        goOn();
    }

    /** Whether a peer's tip is at most this many blocks of today's work behind our head. */
    public boolean isNear(NodeKey key, int blocks) {
        SyncPeer peer = peers.get(key);
        ChainHead head = chain.head();
        return peer != null
                && Readiness.isWithin(new ChainHead(peer.tip(), head.header(), peer.work()), head.work(), blocks);
    }

    /** Whether all peers that came by then and claim better headers than are known here have had time to show them. */
    public boolean hadTheirTurn(long byMillis) {
        return headers.hadTheirTurn(peers.values(), byMillis);
    }

    /** The tip of a peer, if its header is known here. */
    public Optional<BlockHash> provenTip(NodeKey key) {
        return Optional.ofNullable(peers.get(key))
                .map(SyncPeer::tip)
                .filter(tip -> chain.find(tip).isPresent());
    }

    /** From any thread. */
    public SyncProgress progress() {
        return progress;
    }

    /** Connected peers with their tips. From any thread. */
    public List<PeerTip> peers() {
        return statuses;
    }

    private void goOn() {
        headers.ask(peers.values());
        bodies.ask();
        updateProgress();
    }

    private void updateProgress() {
        checkingBytes = bodies.checkingBytes();
        progress = measure();
        statuses = peers.values().stream().map(SyncPeer::status).toList();
    }

    /**
     * What peers claim is shown as the target, but only headers whose work was checked make this node unready: else anybody
     * could stop it from mining by claiming much.
     */
    private SyncProgress measure() {
        ChainHead head = chain.head();
        ChainHead bestHeader = chain.bestHeader();
        Work bestWork = head.work();
        long targetHeight = head.height();
        List<SyncPeer> trusted = new ArrayList<>(peers.values());
        trusted.removeIf(SyncPeer::isDoubted);
        trusted.sort(Comparator.comparing(SyncPeer::work));
        if (!trusted.isEmpty() && trusted.getLast().work().compareTo(bestWork) > 0) {
            bestWork = trusted.getLast().work();
            targetHeight = Math.max(targetHeight, trusted.getLast().height());
        }
        SyncProgress.State state = SyncProgress.State.SYNCED;
        if (bestWork.compareTo(bestHeader.work()) > 0) {
            state = SyncProgress.State.HEADERS;
        } else if (bestWork.compareTo(head.work()) > 0) {
            state = SyncProgress.State.BODIES;
        }
        long now = clock.millis();
        boolean ready =
                readiness.update(head, bestHeader.work(), chain.missing().first(), now);
        return new SyncProgress(
                state,
                head.height(),
                bestHeader.height(),
                targetHeight,
                Math.round(speed.transactionsPerSecond(now)),
                remainingMillis(targetHeight - head.height(), speed.blocksPerSecond(now)),
                ready && !chain.isBaseDoubted(),
                readiness.isWithheld());
    }

    private static OptionalLong remainingMillis(long blocks, double blocksPerSecond) {
        if (blocks <= 0) {
            return OptionalLong.of(0);
        }
        return blocksPerSecond > 0 ? OptionalLong.of((long) (blocks * 1_000 / blocksPerSecond)) : OptionalLong.empty();
    }
}
