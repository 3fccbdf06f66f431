package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Node;
import dev.rensa.wallet.received.Income;
import dev.rensa.wallet.received.IncomeReader;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedStore;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the canonical chain block by block, and through reorganisations: transfers in a connected block are mined, those
 * of an abandoned one are under way again. For one thread.
 */
final class ChainFollower {

    /** Blocks taken a round, so that a round ends. */
    private static final int MAX_BLOCKS_A_ROUND = 500;

    /** Blocks committed together. */
    private static final int MAX_BLOCKS_A_COMMIT = 50;

    /** A chain that shares nothing with one of fewer blocks than this may just have begun anew by itself. */
    private static final int MIN_RESET_HEIGHT = 10;

    /** The first mined block, always followed: by its hash a chain that began anew is told from one that is behind. */
    private static final long FIRST_MINED = 1;

    /** Rounds, of a second or more each, in which nothing but the new beginning may be seen before it is believed. */
    private static final int RESET_ROUNDS = 30;

    private static final System.Logger LOG = System.getLogger(ChainFollower.class.getName());

    private final BlockHash network;
    private final TransferStore store;
    private final TransferDesk desk;
    private final ReceivedStore received;
    private final IncomeReader incomes;
    private final int confirmations;
    private final Heartbeat heartbeat;

    /** Changed by the round's thread, and by the desk's while that one waits for it; read by others. */
    private final NavigableMap<Long, BlockHash> followed = new ConcurrentSkipListMap<>();

    private BigInteger bestWork;

    /** The name under which this process wrote down what is followed here; null if another one may have. As above. */
    private @Nullable ReplicaId writtenAs;

    /** Rounds in a row that saw a new beginning. */
    private int resetRounds;

    ChainFollower(
            Network network,
            TransferStore store,
            ReceivedStore received,
            TransferDesk desk,
            int confirmations,
            Heartbeat heartbeat) {
        this.network = network.hash();
        this.store = store;
        this.desk = desk;
        this.received = received;
        this.incomes = new IncomeReader(network.hash(), network::subsidyAt, received, heartbeat::beat);
        this.confirmations = confirmations;
        this.heartbeat = heartbeat;
        this.bestWork = BigInteger.ZERO;
        readWritten();
    }

    BlockHash network() {
        return network;
    }

    /** Height of the last block that was looked through, -1 before the first. */
    long height() {
        return followed.isEmpty() ? -1 : followed.lastKey();
    }

    /** Whether this block is on the chain followed, or too far down to be looked up and to be left any more. */
    boolean stands(Block block) {
        return stands(block.height(), block.hash());
    }

    /** The same of the block of that height and hash. */
    boolean stands(long height, BlockHash hash) {
        BlockHash known = followed.get(height);
        return known == null ? height < height() : known.equals(hash);
    }

    /** Whether the wallet has looked through the chain up to that block. Safe for every thread. */
    boolean hasFollowed(long height, String hash) {
        BlockHash known = followed.get(height);
        return known != null && known.toHex().equals(hash);
    }

    /** Whether another block is followed at its height, or it is above all that are. */
    boolean contradicts(Block block) {
        BlockHash known = followed.get(block.height());
        return block.height() > height() || (known != null && !known.equals(block.hash()));
    }

    /**
     * Catches up with a node.
     *
     * @return whether the node is on the chain followed; if not, nothing should be sent to it for now
     */
    boolean follow(Node node) {
        StatusView status = node.status();
        if (!status.ready()) {
            // It is catching up: what it has not got yet says nothing about what there is.
            return false;
        }
        BlockHash tip = BlockHash.fromHex(status.tip());
        if (followed.isEmpty()) {
            begin(node, status, tip);
            return true;
        }
        if (tip.equals(followed.lastEntry().getValue())) {
            resetRounds = 0;
            return true;
        }
        long fork = fork(node, status);
        if (fork == 0 && followed.lastKey() > 0 && hasLessWork(status)) {
            lookForReset(node, status);
            return false;
        }
        resetRounds = 0;
        connect(node, fork, status);
        return true;
    }

    /**
     * The node shares no followed block above 0, and its chain has less work than was seen before: it is behind, or the network
     * began anew. Only another first mined block proves the latter, and only when nothing else is seen for a while: a single
     * node whose data were wiped must not end payments that the others still hold.
     */
    private void lookForReset(Node node, StatusView status) {
        BlockHash first = followed.get(FIRST_MINED);
        boolean anotherBeginning = first != null
                && followed.lastKey() >= MIN_RESET_HEIGHT
                && node.block(FIRST_MINED)
                        .map(block -> !block.hash().equals(first))
                        .orElse(false);
        resetRounds = anotherBeginning ? resetRounds + 1 : 0;
        if (resetRounds >= RESET_ROUNDS) {
            resetRounds = 0;
            reset(status);
        }
    }

    /** The first sight of a network: with nothing under way, nothing of ours that is not final is in its blocks so far. */
    private void begin(Node node, StatusView status, BlockHash tip) {
        List<FollowedBlock> first = new ArrayList<>();
        first.add(new FollowedBlock(0, network));
        boolean idle = Answers.await(desk.with(network, ledger -> ledger.openCount() == 0));
        if (idle && status.height() > 0) {
            if (status.height() > FIRST_MINED) {
                node.block(FIRST_MINED).ifPresent(block -> first.add(new FollowedBlock(FIRST_MINED, block.hash())));
            }
            first.add(new FollowedBlock(status.height(), tip));
            searchForWhatCameBefore();
        }
        commit(0, first, List.of(), new BigInteger(status.work()));
    }

    /** An account that came in while no node was seen may have a past in the blocks that are passed over. */
    private void searchForWhatCameBefore() {
        if (received.hasAccounts()) {
            received.requestSearch(network);
        }
    }

    /** The highest followed block that the node has on its canonical chain; block 0 is always one. */
    private long fork(Node node, StatusView status) {
        for (Map.Entry<Long, BlockHash> entry : followed.descendingMap().entrySet()) {
            if (entry.getKey() == 0) {
                break;
            }
            if (entry.getKey() <= status.height()) {
                Optional<Block> block = node.block(entry.getKey());
                if (block.isPresent() && block.get().hash().equals(entry.getValue())) {
                    return entry.getKey();
                }
            }
        }
        return 0;
    }

    private boolean hasLessWork(StatusView status) {
        return new BigInteger(status.work()).compareTo(bestWork) < 0;
    }

    private void reset(StatusView status) {
        LOG.log(
                System.Logger.Level.WARNING,
                "the network {0} was reset: none of the blocks followed so far is left; open transfers end as failed",
                network);
        BigInteger work = new BigInteger(status.work());
        Answers.await(desk.with(network, ledger -> {
            for (Transfer transfer : ledger.open()) {
                ledger.end(
                        transfer,
                        TransferState.FAILED,
                        "network-reset",
                        "the network began anew from its first block: nothing of its former chain is left");
            }
            ledger.forgetLanes();
            write(ledger, -1, List.of(new FollowedBlock(0, network)), work, List.of());
            return true;
        }));
        followed.clear();
        followed.put(0L, network);
        bestWork = work;
    }

    private void connect(Node node, long fork, StatusView status) {
        BigInteger work = bestWork.max(new BigInteger(status.work()));
        long disconnectFrom = fork;
        BlockHash parent = followed.get(fork);
        long target = Math.min(status.height(), fork + MAX_BLOCKS_A_ROUND);
        List<FollowedBlock> connected = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (long height = fork + 1; height <= target; height++) {
            heartbeat.beat();
            Optional<Block> block = node.block(height);
            if (block.isEmpty() || !block.get().header().parent().equals(parent)) {
                // The chain changed while we read it: the next round sees how.
                break;
            }
            parent = block.get().hash();
            blocks.add(block.get());
            connected.add(new FollowedBlock(height, parent));
            if (connected.size() == MAX_BLOCKS_A_COMMIT) {
                if (!commit(disconnectFrom, connected, blocks, work)) {
                    return;
                }
                disconnectFrom = height;
                connected.clear();
                blocks.clear();
            }
        }
        if (!connected.isEmpty()) {
            commit(disconnectFrom, connected, blocks, work);
        }
    }

    /** Enters blocks; false if another process was found to have written others, with which the next round goes on. */
    private boolean commit(long fork, List<FollowedBlock> connected, List<Block> blocks, BigInteger work) {
        List<FollowedBlock> entered = List.copyOf(connected);
        List<Block> brought = List.copyOf(blocks);
        List<ReceivedPayment> received = incomes.read(brought);
        boolean isEntered = Answers.await(desk.with(network, ledger -> {
            if (takesOver(ledger)) {
                return false;
            }
            if (!followed.isEmpty() && fork < followed.lastKey()) {
                disconnect(ledger, fork);
            }
            brought.forEach(block -> BlockEntry.mine(ledger, block));
            BlockEntry.settle(ledger, entered, confirmations);
            write(ledger, fork, entered, work, received);
            return true;
        }));
        if (!isEntered) {
            return false;
        }
        followed.tailMap(fork, false).clear();
        entered.forEach(block -> followed.put(block.height(), block.hash()));
        while (followed.size() > TransferStore.MAX_FOLLOWED_BLOCKS) {
            Long oldest = followed.higherKey(FIRST_MINED);
            if (oldest == null) {
                break;
            }
            followed.remove(oldest);
        }
        bestWork = work;
        return true;
    }

    private void disconnect(Ledger ledger, long fork) {
        LOG.log(
                System.Logger.Level.INFO,
                "the chain was reorganised behind height {0}; it stood at {1}",
                fork,
                followed.lastKey());
        // Final transfers of a chain that was reset are above the fork too, but in blocks that were never on this
        // chain.
        List<Transfer> reopened = store.finalAbove(network, fork).stream()
                .filter(transfer -> Objects.equals(followed.get(transfer.height()), transfer.block()))
                .toList();
        ledger.claim(reopened.stream().map(Transfer::sender).toList());
        List<Transfer> gone = new ArrayList<>(reopened);
        ledger.open().stream()
                .filter(transfer -> transfer.state() == TransferState.MINED && isAbove(transfer, fork))
                .forEach(gone::add);
        gone.stream()
                .filter(transfer -> ledger.holds(transfer.sender()))
                .forEach(transfer -> BlockEntry.sendBack(ledger, transfer));
    }

    /**
     * One process alone writes down the blocks and what they pay. One that takes over from another goes on from what that one
     * wrote: it may have read further itself, but then nobody has written what those blocks pay. What its own lanes learned
     * from blocks that are not on that list is compared with the chain anew.
     */
    private boolean takesOver(Ledger ledger) {
        if (!ledger.keepsChain() || ledger.replica().equals(writtenAs)) {
            return false;
        }
        NavigableMap<Long, BlockHash> before = new TreeMap<>(followed);
        readWritten();
        writtenAs = ledger.replica();
        if (before.equals(followed)) {
            return false;
        }
        ledger.doubtAll();
        return true;
    }

    private void readWritten() {
        followed.clear();
        store.followed(network).forEach(block -> followed.put(block.height(), block.hash()));
        bestWork = bestWork.max(store.bestWork(network));
    }

    private void write(
            Ledger ledger, long fork, List<FollowedBlock> entered, BigInteger work, List<ReceivedPayment> received) {
        if (ledger.keepsChain()) {
            ledger.commit(fork, entered, work, new Income(received, confirmations, ledger.now()));
        } else {
            writtenAs = null;
            ledger.commit();
        }
    }

    private static boolean isAbove(Transfer transfer, long fork) {
        Long height = transfer.height();
        return height != null && height > fork;
    }
}
