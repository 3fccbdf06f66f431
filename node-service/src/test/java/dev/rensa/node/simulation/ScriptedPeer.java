package dev.rensa.node.simulation;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A peer that does what a test says, and notes what it is told. */
final class ScriptedPeer implements PeerLink {

    private final SimulatedNode node;
    private final PeerInfo info;
    private final List<Message> heard = new ArrayList<>();
    private final List<RejectionReason> blames = new ArrayList<>();
    private Optional<RejectionReason> goodbye = Optional.empty();
    private boolean full;
    private boolean paused;

    /** Connects to a node and says that its tip is the given one. */
    ScriptedPeer(SimulatedNode node, int number, ChainHead tip) {
        this(node, number, tip, false);
    }

    /** The same, dialled by that node or not. */
    ScriptedPeer(SimulatedNode node, int number, ChainHead tip, boolean dialled) {
        this.node = node;
        PeerAddress address = new PeerAddress("scripted-" + number, 7_000);
        this.info = new PeerInfo(
                new NodeKey(Money.key(200_000 + number).publicKey()),
                "scripted-" + number,
                "test",
                dialled,
                address,
                Optional.of(address),
                tip.height(),
                tip.hash(),
                tip.work());
        node.core().connected(this);
    }

    /** Tells the node, and lets it do what it does away from its writer thread. */
    void says(Message message) {
        node.core().received(this, message);
        node.letItThink();
    }

    void leaves() {
        node.core().disconnected(this, new Rejection(RejectionReason.UNREACHABLE, "the test says so"));
    }

    void takesNoMore(boolean newFull) {
        full = newFull;
    }

    /** The node does not read what it says. */
    void isNotRead(boolean newPaused) {
        paused = newPaused;
    }

    /** What it heard of a kind, which is forgotten then. */
    <T extends Message> List<T> heard(Class<T> kind) {
        List<T> found = heard.stream().filter(kind::isInstance).map(kind::cast).toList();
        heard.removeIf(kind::isInstance);
        return found;
    }

    List<RejectionReason> blames() {
        return blames;
    }

    Optional<RejectionReason> goodbye() {
        return goodbye;
    }

    @Override
    public PeerInfo info() {
        return info;
    }

    @Override
    public boolean send(Message message) {
        return !full && heard.add(message);
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void disconnect(Rejection rejection) {
        goodbye = Optional.of(rejection.reason());
    }

    @Override
    public void penalise(int points, Rejection rejection) {
        blames.add(rejection.reason());
    }
}
