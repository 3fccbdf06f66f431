package dev.rensa.wallet.transfer;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What blocks do to transfers. On the desk's thread. */
final class BlockEntry {

    private static final System.Logger LOG = System.getLogger(BlockEntry.class.getName());

    private BlockEntry() {}

    /** Moves the transfers that a block holds; also one that had ended and is mined after all. */
    static void mine(Ledger ledger, Block block) {
        for (Transaction transaction : block.transactions()) {
            Optional<Transfer> transfer = ledger.find(transaction.id());
            if (transfer.isPresent()) {
                // One that only uses up the nonce of a cancelled transfer ends it once it is deep enough: see
                // Caretaker.
                if (transfer.get().state().isUnderWay() && transfer.get().isPaidBy(transaction)) {
                    mined(ledger, transfer.get(), transaction, block.height(), block.hash());
                }
            } else {
                ledger.findEnded(transaction)
                        .filter(ended -> ended.isPaidBy(transaction))
                        .ifPresentOrElse(
                                ended -> revive(ledger, ended, transaction, block),
                                () -> ledger.findPaidElsewhere(transaction)
                                        .ifPresent(paid -> paidElsewhere(ledger, paid, transaction, block)));
            }
        }
    }

    /** It is in that block. */
    static void mined(Ledger ledger, Transfer transfer, Transaction transaction, long height, BlockHash block) {
        ledger.step(
                transfer,
                transfer.mined(transaction, height, block, ledger.now()),
                "mined at height " + height + " in block " + block);
    }

    private static void paidElsewhere(Ledger ledger, Transfer paid, Transaction transaction, Block block) {
        LOG.log(
                System.Logger.Level.WARNING,
                "transfer {0} was paid by transaction {1}, which this wallet did not sign: another one has the same keys."
                        + " If it still runs, stop it",
                paid.id(),
                transaction.id());
        endRival(ledger, paid, transaction.nonce(), "which another wallet of the same keys paid,");
        ledger.step(
                paid,
                paid.mined(transaction, block.height(), block.hash(), ledger.now()),
                "mined at height " + block.height() + " in block " + block.hash()
                        + ", signed by another wallet of the same keys");
    }

    /** Its block is no longer on the chain. */
    static Transfer sendBack(Ledger ledger, Transfer transfer) {
        return ledger.step(
                transfer,
                transfer.submitted(ledger.now()),
                "its block " + transfer.block() + " at height " + transfer.height() + " left the canonical chain");
    }

    /** Ends what is deep enough, and sends back what other blocks than its own stand for. */
    static void settle(Ledger ledger, List<FollowedBlock> entered, int confirmations) {
        Map<Long, BlockHash> canonical = new HashMap<>();
        entered.forEach(block -> canonical.put(block.height(), block.hash()));
        long tipHeight = entered.getLast().height();
        for (Transfer transfer : ledger.open()) {
            Long height = transfer.height();
            if (transfer.state() != TransferState.MINED
                    || height == null
                    || ledger.takenOver().isUnconfirmed(transfer)) {
                continue;
            }
            BlockHash there = canonical.get(height);
            if (there != null && !there.equals(transfer.block())) {
                sendBack(ledger, transfer);
            } else if (tipHeight - height + 1 >= confirmations) {
                ledger.step(
                        transfer,
                        transfer.settled(ledger.now()),
                        confirmations + (confirmations == 1 ? " confirmation" : " confirmations"));
            }
        }
    }

    /**
     * A transfer was given up and its bytes are mined all the same, as on a network that came back after a reset. What was
     * paid must not be called unpaid; whoever was given its nonce meanwhile can never be mined.
     */
    private static void revive(Ledger ledger, Transfer ended, Transaction transaction, Block block) {
        ledger.claim(List.of(ended.sender()));
        Long nonce = ended.nonce();
        if (!ledger.holds(ended.sender()) || nonce == null) {
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "transfer {0} had ended as {1} and is mined at height {2} after all",
                ended.id(),
                ended.state().code(),
                block.height());
        endRival(ledger, ended, nonce, "which had been given up,");
        ledger.step(
                ended,
                ended.mined(transaction, block.height(), block.hash(), ledger.now()),
                "mined at height " + block.height() + " in block " + block.hash() + " although it had ended as "
                        + ended.state().code());
    }

    /** Whoever else has the nonce with which a transfer was mined can never be mined. */
    private static void endRival(Ledger ledger, Transfer mined, long nonce, String which) {
        ledger.holderOf(mined.sender(), nonce)
                .filter(holder -> !holder.id().equals(mined.id()))
                .ifPresent(rival -> ledger.end(
                        rival,
                        TransferState.REPLACED,
                        "nonce-used",
                        "transfer " + mined.id() + ", " + which + " was mined with its nonce " + nonce
                                + ": ask again for this transfer"));
    }
}
