package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;

/** One thing that changed, or might have changed, an account's balance. */
public sealed interface AccountEntry {

    /** Height of the block that did it. */
    long height();

    /** Time of that block, milliseconds since 1970-01-01 UTC. */
    long timestampMillis();

    /** That block. */
    BlockHash block();

    /** What an account has more by it, in mon; negative if less. */
    long changeOf(PublicKey key);

    /** A transaction that it sent, received, or both. */
    record Transfer(IndexedTransaction mined) implements AccountEntry {

        @Override
        public long height() {
            return mined.height();
        }

        @Override
        public long timestampMillis() {
            return mined.timestampMillis();
        }

        @Override
        public BlockHash block() {
            return mined.block();
        }

        @Override
        public long changeOf(PublicKey key) {
            long amount = mined.transaction().amount().mon();
            long received = mined.transaction().recipient().equals(key) ? amount : 0;
            long sent = mined.transaction().sender().equals(key)
                    ? amount + mined.transaction().fee().mon()
                    : 0;
            return received - sent;
        }
    }

    /**
     * The reward for a block that it mined; it comes behind the block's transactions.
     *
     * @param amount subsidy and fees, in mon
     */
    record Reward(IndexedBlock mined, long amount) implements AccountEntry {

        @Override
        public long height() {
            return mined.height();
        }

        @Override
        public long timestampMillis() {
            return mined.header().timestampMillis();
        }

        @Override
        public BlockHash block() {
            return mined.hash();
        }

        @Override
        public long changeOf(PublicKey key) {
            return amount;
        }
    }
}
