package dev.rensa.wallet.transfer;

import dev.rensa.protocol.block.Block;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Node;
import dev.rensa.wallet.received.Income;
import dev.rensa.wallet.received.IncomeReader;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedStore;
import dev.rensa.wallet.received.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks through older blocks, some a round, for what they paid to accounts that the wallet came to know later. How far it
 * came is written with what was found, so it goes on after a restart. For one thread.
 */
final class HistorySearch {

    /** Blocks a round, so that new blocks do not wait long. They are in memory together. */
    private static final int MAX_BLOCKS_A_ROUND = 50;

    private final Network network;
    private final TransferStore store;
    private final ReceivedStore received;
    private final TransferDesk desk;
    private final int confirmations;
    private final Heartbeat heartbeat;
    private final IncomeReader incomes;

    HistorySearch(
            Network network,
            TransferStore store,
            ReceivedStore received,
            TransferDesk desk,
            int confirmations,
            Heartbeat heartbeat) {
        this.network = network;
        this.store = store;
        this.received = received;
        this.desk = desk;
        this.confirmations = confirmations;
        this.heartbeat = heartbeat;
        this.incomes = new IncomeReader(network.hash(), network::subsidyAt, received, heartbeat::beat);
    }

    /**
     * Goes on with a search that was asked for, if this is the process that writes down what blocks bring.
     *
     * @param follower stands where the node does, or behind: newer blocks are its own
     */
    void goOn(Node node, ChainFollower follower) {
        Optional<Search> asked = received.search(network.hash());
        if (asked.isEmpty() || !Answers.await(desk.with(network.hash(), Ledger::keepsChain))) {
            return;
        }
        long next = asked.get().nextHeight();
        Long fixed = asked.get().endHeight();
        long end = fixed == null ? follower.height() : fixed;
        long last = Math.min(end, next + MAX_BLOCKS_A_ROUND - 1);
        List<Block> blocks = new ArrayList<>();
        for (long height = next; height <= last; height++) {
            heartbeat.beat();
            Optional<Block> block = node.block(height);
            if (block.isPresent() && follower.contradicts(block.get())) {
                // The chain is being reorganised: once it was followed, this is looked at again.
                return;
            }
            // A node that began with a snapshot lacks older ones.
            block.ifPresent(blocks::add);
        }
        List<ReceivedPayment> found = incomes.read(blocks);
        Search progress = new Search(asked.get().request(), last + 1, end);
        Answers.await(desk.with(network.hash(), ledger -> {
            if (ledger.keepsChain()) {
                store.recordFound(
                        ledger.replica(),
                        network.hash(),
                        new Income(found, confirmations, ledger.now()),
                        follower.height(),
                        progress);
            }
            return true;
        }));
    }
}
