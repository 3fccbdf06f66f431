package dev.rensa.wallet.received;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.WalletId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that an account was paid.
 *
 * @param id the transaction's id; of a reward its block's hash
 * @param wallet who has the account
 * @param recipient the account that was paid
 * @param sender null for a reward
 * @param memo what the sender wrote, NUL replaced by U+FFFD because PostgreSQL keeps none
 * @param position of the transaction in its block; {@link #REWARD_POSITION} for a reward
 * @param blockAtMillis the block's own time, milliseconds since 1970-01-01 UTC
 * @param version steps so far; 1 for one that was seen mined and no more
 */
public record ReceivedPayment(
        BlockHash network,
        Hash id,
        Kind kind,
        WalletId wallet,
        int account,
        PublicKey recipient,
        @Nullable PublicKey sender,
        Amount amount,
        String memo,
        long height,
        int position,
        BlockHash block,
        long blockAtMillis,
        ReceivedState state,
        int version) {

    /** A reward is listed below the transactions of its block. */
    public static final int REWARD_POSITION = -1;

    /** What it is paid for. */
    public enum Kind {
        /** A transaction. */
        PAYMENT,
        /** Subsidy and fees of a block that names the account as its miner. */
        REWARD;

        /** The name in API and database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that code. */
        public static Kind ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** The same, mined in a block, as the given step. */
    public ReceivedPayment minedAs(int step) {
        return with(ReceivedState.MINED, step);
    }

    /** The same, deep enough in the chain. */
    public ReceivedPayment settled() {
        return with(ReceivedState.FINAL, version);
    }

    private ReceivedPayment with(ReceivedState other, int step) {
        return new ReceivedPayment(
                network,
                id,
                kind,
                wallet,
                account,
                recipient,
                sender,
                amount,
                memo,
                height,
                position,
                block,
                blockAtMillis,
                other,
                step);
    }

    static String storable(String memo) {
        return memo.replace('\u0000', '\uFFFD');
    }

    static ReceivedPayment seen(
            BlockHash network,
            Hash id,
            Kind kind,
            Account account,
            @Nullable PublicKey sender,
            Amount amount,
            String memo,
            Place place) {
        return new ReceivedPayment(
                network,
                id,
                kind,
                account.wallet(),
                account.index(),
                account.key(),
                sender,
                amount,
                storable(memo),
                place.height(),
                place.position(),
                place.block(),
                place.blockAtMillis(),
                ReceivedState.MINED,
                1);
    }

    /** Where in the chain. */
    record Place(BlockHash block, long height, long blockAtMillis, int position) {}
}
