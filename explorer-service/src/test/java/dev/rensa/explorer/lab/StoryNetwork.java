package dev.rensa.explorer.lab;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.address.InvalidAddressException;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Nodes with labs that mine what they are told and give each other the better chain, unless a link is cut. */
final class StoryNetwork {

    private final List<Node> nodes;
    private final Set<String> cuts = new HashSet<>();
    private final Set<String> resting = new HashSet<>();
    private final List<Long> rests = new ArrayList<>();
    private boolean disobedient;
    private boolean asleep;
    private volatile CountDownLatch mayMine = new CountDownLatch(0);
    private volatile boolean askedToMine;

    StoryNetwork(int count) {
        this.nodes = IntStream.rangeClosed(1, count).mapToObj(Node::new).toList();
    }

    FakeNode[] nodes() {
        return nodes.toArray(FakeNode[]::new);
    }

    synchronized Set<String> cuts() {
        return Set.copyOf(cuts);
    }

    synchronized Set<String> resting() {
        return Set.copyOf(resting);
    }

    /** For how many seconds miners were told to rest, one by one. */
    synchronized List<Long> rests() {
        return List.copyOf(rests);
    }

    /** From now on the last node's miner does not go on. */
    synchronized void lastMinerSleepsOn() {
        asleep = true;
    }

    /** From now on orders to mine wait for that. */
    void mineOnlyBehind(CountDownLatch latch) {
        askedToMine = false;
        mayMine = latch;
    }

    /** Whether a node was asked to mine since then. */
    boolean isAskedToMine() {
        return askedToMine;
    }

    /** From now on the last node refuses to cut links. */
    synchronized void lastNodeDisobeys() {
        disobedient = true;
    }

    LabNode lab(URI url) {
        return new Lab(nodes.stream()
                .filter(node -> node.url().equals(url))
                .findFirst()
                .orElseThrow());
    }

    private synchronized MinedView mine(Node node, MineRequest wish) {
        List<MinedView.MinedBlockView> mined = new ArrayList<>();
        PublicKey miner = wish.miner() == null ? TestNetwork.MINER : key(wish.miner());
        for (int i = 0; i < Objects.requireNonNull(wish.blocks()); i++) {
            Transaction[] body = node.waiting.toArray(Transaction[]::new);
            node.waiting.clear();
            node.have(node.chain().with(miner, TestNetwork.EASY, body));
            Block tip = node.chain().tip();
            mined.add(new MinedView.MinedBlockView(tip.height(), tip.hash().toHex(), body.length));
        }
        spread();
        return new MinedView(mined);
    }

    /** As often as there are nodes, so that a block may take the longest way. */
    private void spread() {
        for (int i = 0; i < nodes.size(); i++) {
            for (Node from : nodes) {
                for (Node to : nodes) {
                    boolean cut = cuts.contains(from.key() + to.key()) || cuts.contains(to.key() + from.key());
                    if (!cut && from.chain().work().compareTo(to.chain().work()) > 0) {
                        to.have(from.chain());
                    }
                }
            }
        }
    }

    private static PublicKey key(String address) {
        try {
            return Address.parse(address, "rns").key();
        } catch (InvalidAddressException e) {
            throw new AssertionError(e);
        }
    }

    private final class Lab implements LabNode {
        private final Node node;

        Lab(Node node) {
            this.node = node;
        }

        @Override
        public LabView lab() {
            return new LabView(true, List.of());
        }

        @Override
        public LabView disturb(LinkFaultRequest fault) throws NodeRefusalException {
            synchronized (StoryNetwork.this) {
                if (disobedient && node == nodes.getLast()) {
                    throw new NodeRefusalException(Problem.of(409, "lab-off", "this node has no lab"));
                }
                Objects.requireNonNull(fault.nodeKeys()).forEach(key -> cuts.add(node.key() + key));
                return lab();
            }
        }

        @Override
        public LabView heal(String nodeKey) {
            throw new AssertionError("the story heals everything");
        }

        @Override
        public LabView healAll() {
            synchronized (StoryNetwork.this) {
                cuts.removeIf(cut -> cut.startsWith(node.key()));
                spread();
                return lab();
            }
        }

        @Override
        public void startMining() throws NodeRefusalException {
            synchronized (StoryNetwork.this) {
                if (asleep && node == nodes.getLast()) {
                    throw new NodeRefusalException(Problem.of(503, "not-ready", "it sleeps"));
                }
                resting.remove(node.key());
            }
        }

        @Override
        public void stopMining(Optional<Long> forSeconds) {
            synchronized (StoryNetwork.this) {
                rests.addAll(forSeconds.stream().toList());
                resting.add(node.key());
            }
        }

        @Override
        public MinedView mine(MineRequest wish) throws NodeTroubleException {
            askedToMine = true;
            try {
                mayMine.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NodeTroubleException("interrupted", e);
            }
            return StoryNetwork.this.mine(node, wish);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** A node that tells of mined transactions too. */
    private static final class Node extends FakeNode {
        private final List<Transaction> waiting = new ArrayList<>();

        Node(int number) {
            super(number, TestChain.start().withEmpty(3));
            withLab();
        }

        @Override
        public SubmissionView submit(Transaction transaction) {
            waiting.add(transaction);
            return new SubmissionView(transaction.id().toHex(), "pending", null, null);
        }

        @Override
        public Optional<TransactionView> transaction(TransactionId id) {
            for (Block block : chain().blocks()) {
                for (Transaction transaction : block.transactions()) {
                    if (transaction.id().equals(id)) {
                        return Optional.of(mined(transaction, block));
                    }
                }
            }
            return Optional.empty();
        }

        private TransactionView mined(Transaction transaction, Block block) {
            return new TransactionView(
                    transaction.id().toHex(),
                    transaction.networkId(),
                    TestNetwork.address(transaction.sender()),
                    transaction.nonce(),
                    TestNetwork.address(transaction.recipient()),
                    transaction.amount().mon(),
                    transaction.fee().mon(),
                    transaction.validUntil(),
                    transaction.memo(),
                    transaction.signature().toHex(),
                    transaction.size(),
                    "mined",
                    block.hash().toHex(),
                    block.height(),
                    0,
                    chain().height() - block.height() + 1,
                    null);
        }
    }
}
