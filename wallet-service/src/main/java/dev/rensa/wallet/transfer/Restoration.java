package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What is special behind a restored backup: transfers that were not signed in it are held, because the wallet that the backup
 * is of may have paid them since. Safe for use by several threads.
 */
public final class Restoration {

    private final TransferDesk desk;
    private final Tracker tracker;
    private final Advances advances;

    Restoration(TransferDesk desk, Tracker tracker, Advances advances) {
        this.advances = advances;
        this.desk = desk;
        this.tracker = tracker;
    }

    /** Work that puts something else into the store. */
    public interface Replacement<T> {
        /**
         * Does it.
         *
         * @param progress to be called every now and then: else the wallet looks dead
         */
        T replace(Runnable progress) throws IOException;
    }

    /**
     * Replaces what is in the store while nothing else writes, and begins anew from there.
     *
     * @throws IOException as the work does
     */
    public <T> T replace(Replacement<T> work) throws IOException {
        return tracker.between(() -> desk.exclusively(() -> work.replace(() -> {
            desk.heartbeat().beat();
            tracker.heartbeat().beat();
        })));
    }

    /** Senders of held transfers. */
    public CompletionStage<List<PublicKey>> senders(BlockHash network) {
        return desk.with(
                network,
                ledger -> ledger.open().stream()
                        .filter(Transfer::isHeld)
                        .map(Transfer::sender)
                        .distinct()
                        .toList());
    }

    /**
     * How a release went.
     *
     * @param released transfers that go on now
     * @param held transfers of accounts of which transactions wait in the nodes that this wallet does not know, or of which
     *     blocks may tell that it has not looked through yet
     */
    public record Released(int released, int held) {}

    /**
     * Lets held transfers go on, for somebody who knows that the other wallet is stopped. Those of an account stay held while
     * nodes have transactions of it that are not ours, and until this wallet has looked through the chain up to the block
     * that the node speaks of: either may hold the payment.
     *
     * @param views the accounts of {@link #senders} as a node sees them
     */
    public CompletionStage<Released> release(BlockHash network, Map<PublicKey, AccountView> views, String actor) {
        return desk.with(network, ledger -> {
            List<Transfer> released = new ArrayList<>();
            int held = 0;
            for (Transfer transfer :
                    ledger.open().stream().filter(Transfer::isHeld).toList()) {
                AccountView view = views.get(transfer.sender());
                if (view == null
                        || ledger.takenOver().isUnsearched(transfer)
                        || !tracker.hasFollowed(network, view)
                        || ledger.lane(transfer.sender()).hasForeignPending(view)) {
                    held++;
                } else {
                    ledger.lane(transfer.sender()).learn(view);
                    released.add(ledger.step(
                            transfer,
                            transfer.released(ledger.now()),
                            actor,
                            "released: the wallet that the backup is of is stopped and did not pay it"));
                }
            }
            ledger.commit();
            advances.later(network, released);
            return new Released(released.size(), held);
        });
    }
}
