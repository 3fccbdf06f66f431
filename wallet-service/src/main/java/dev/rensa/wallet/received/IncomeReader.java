package dev.rensa.wallet.received;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.key.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Finds in blocks what they pay to accounts of this wallet. The store is asked whose the paid keys are, a few hundred at a
 * time: that costs no memory however many accounts there are, and knows those that another process just made.
 */
public final class IncomeReader {

    private final BlockHash network;
    private final LongFunction<Amount> subsidyAt;
    private final ReceivedStore store;
    private final Runnable progress;

    /**
     * Makes a reader.
     *
     * @param subsidyAt new coins of the block at a height
     * @param progress called between questions to the store
     */
    public IncomeReader(BlockHash network, LongFunction<Amount> subsidyAt, ReceivedStore store, Runnable progress) {
        this.network = network;
        this.subsidyAt = subsidyAt;
        this.store = store;
        this.progress = progress;
    }

    /** What these blocks pay to accounts that are known now, in the order of the chain. */
    public List<ReceivedPayment> read(List<Block> blocks) {
        Map<PublicKey, Account> owners = owners(blocks);
        List<ReceivedPayment> received = new ArrayList<>();
        if (!owners.isEmpty()) {
            blocks.forEach(block -> read(block, owners, received));
        }
        return received;
    }

    private Map<PublicKey, Account> owners(List<Block> blocks) {
        Set<PublicKey> paid = new LinkedHashSet<>();
        for (Block block : blocks) {
            paid.add(block.header().miner());
            block.transactions().stream().filter(IncomeReader::brings).forEach(each -> paid.add(each.recipient()));
        }
        Map<PublicKey, Account> owners = new HashMap<>();
        List<PublicKey> keys = List.copyOf(paid);
        for (int from = 0; from < keys.size(); from += ReceivedStore.MAX_KEYS) {
            progress.run();
            owners.putAll(store.owners(keys.subList(from, Math.min(keys.size(), from + ReceivedStore.MAX_KEYS))));
        }
        return owners;
    }

    private void read(Block block, Map<PublicKey, Account> owners, List<ReceivedPayment> received) {
        Account miner = owners.get(block.header().miner());
        if (miner != null) {
            received.add(reward(block, miner));
        }
        for (int i = 0; i < block.transactions().size(); i++) {
            Transaction transaction = block.transactions().get(i);
            Account account = owners.get(transaction.recipient());
            if (account != null && brings(transaction)) {
                received.add(ReceivedPayment.seen(
                        network,
                        Hash.of(transaction.id().toBytes()),
                        ReceivedPayment.Kind.PAYMENT,
                        account,
                        transaction.sender(),
                        transaction.amount(),
                        transaction.memo(),
                        place(block, i)));
            }
        }
    }

    private ReceivedPayment reward(Block block, Account miner) {
        Amount reward = subsidyAt.apply(block.height());
        for (Transaction transaction : block.transactions()) {
            reward = reward.plus(transaction.fee());
        }
        return ReceivedPayment.seen(
                network,
                Hash.of(block.hash().toBytes()),
                ReceivedPayment.Kind.REWARD,
                miner,
                null,
                reward,
                "",
                place(block, ReceivedPayment.REWARD_POSITION));
    }

    private static ReceivedPayment.Place place(Block block, int position) {
        return new ReceivedPayment.Place(
                block.hash(), block.height(), block.header().timestampMillis(), position);
    }

    /** What an account pays to itself brings nothing in. */
    private static boolean brings(Transaction transaction) {
        return !transaction.recipient().equals(transaction.sender());
    }
}
