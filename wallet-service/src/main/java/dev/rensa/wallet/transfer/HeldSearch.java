package dev.rensa.wallet.transfer;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.node.Node;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks once more through the blocks since a backup for payments of held transfers that came from another replica: how far
 * that one had looked nobody knows, and this one read those blocks while they were none of its own. For the thread of the
 * rounds.
 */
final class HeldSearch {

    /** Blocks looked through a round, so that a round ends. */
    private static final int MAX_BLOCKS_A_ROUND = 500;

    private final TransferDesk desk;
    private final TransferStore store;
    private final Heartbeat heartbeat;

    private @Nullable Wanted wanted;
    private long next;
    private long last;

    HeldSearch(TransferDesk desk, TransferStore store, Heartbeat heartbeat) {
        this.desk = desk;
        this.store = store;
        this.heartbeat = heartbeat;
    }

    /**
     * What is looked for.
     *
     * @param here changes when the lanes are taken anew: what was read in between was read without them
     */
    private record Wanted(TakenOver here, Set<TransferId> ids, Set<PublicKey> senders) {
        boolean covers(Wanted other) {
            return here == other.here && ids.containsAll(other.ids);
        }
    }

    /** Looks through some more blocks, if anything is wanted; all of them are on the chain followed. */
    void goOn(BlockHash network, Node node, ChainFollower follower) {
        Wanted current = wanted(network);
        if (current == null) {
            wanted = null;
            return;
        }
        if (wanted == null || !wanted.covers(current)) {
            wanted = current;
            next = store.heldFrom(network) + 1;
            last = follower.height();
        }
        long until = Math.min(last, next + MAX_BLOCKS_A_ROUND - 1);
        while (next <= until) {
            heartbeat.beat();
            Optional<Block> block = node.block(next);
            if (block.isEmpty() || !follower.stands(block.get())) {
                // The chain changed while it was read: the next round goes on.
                return;
            }
            enter(network, block.get(), current);
            next++;
        }
        if (next > last) {
            Answers.await(desk.with(network, ledger -> {
                current.here().searched(current.ids());
                return true;
            }));
        }
    }

    private @Nullable Wanted wanted(BlockHash network) {
        return Answers.await(desk.with(network, ledger -> {
                    Set<TransferId> ids = ledger.takenOver().unsearched();
                    return ids.isEmpty()
                            ? Optional.<Wanted>empty()
                            : Optional.of(new Wanted(
                                    ledger.takenOver(),
                                    ids,
                                    ledger.open().stream()
                                            .filter(Transfer::isHeld)
                                            .map(Transfer::sender)
                                            .collect(Collectors.toUnmodifiableSet())));
                }))
                .orElse(null);
    }

    private void enter(BlockHash network, Block block, Wanted current) {
        if (block.transactions().stream().anyMatch(each -> current.senders().contains(each.sender()))) {
            Answers.await(desk.with(network, ledger -> {
                BlockEntry.mine(ledger, block);
                ledger.commit();
                return true;
            }));
        }
    }
}
