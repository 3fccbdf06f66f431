package dev.rensa.node.peer;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What two nodes that have shaken hands say to each other. {@link MessageLimits} bounds every list. The transport deals with
 * {@link Ping}, {@link Pong} and {@link Goodbye} itself; {@link PeerEvents} never sees them.
 */
public sealed interface Message {

    /** Asks for a {@link Pong} with the same token. */
    record Ping(long token) implements Message {}

    record Pong(long token) implements Message {}

    /** Listening addresses of nodes that the sender is or was connected to; at most 256. */
    record Peers(List<PeerAddress> addresses) implements Message {
        public Peers {
            addresses = List.copyOf(addresses);
        }
    }

    /** The sender has these transactions in its mempool; at most 5,000, each by the first eight bytes of its id. */
    record AnnounceTransactions(ShortIds ids) implements Message {}

    /** Asks for transactions that were announced; at most 5,000. */
    record GetTransactions(ShortIds ids) implements Message {}

    /** Answers {@link GetTransactions} where the sender does not have, or will not send again, what is asked for; at most 5,000. */
    record TransactionsGone(ShortIds ids) implements Message {}

    /** Whether the sender wants to hear of transactions and to be given blocks in compact form on this link. */
    record WantRelay(boolean wanted) implements Message {}

    /** Answers {@link GetTransactions} with those that the sender has, in one or more messages or none; at most 5,000. */
    record Transactions(List<Transaction> transactions) implements Message {
        public Transactions {
            transactions = List.copyOf(transactions);
        }
    }

    /** The sender's canonical tip, sent at every change of it. */
    record AnnounceTip(BlockHeader header, Work work) implements Message {}

    /**
     * Asks for canonical headers behind the first locator hash that is canonical at the receiver; at most 64 hashes. Like
     * {@link GetBodies} it is always answered, in the order of asking, be it with an empty list.
     */
    record GetHeaders(List<BlockHash> locator) implements Message {
        public GetHeaders {
            locator = List.copyOf(locator);
        }
    }

    /** Headers in ascending order, each the parent of the next; at most 2,000. Empty: nothing behind the locator. */
    record Headers(List<BlockHeader> headers) implements Message {
        public Headers {
            headers = List.copyOf(headers);
        }
    }

    /** Asks for bodies; at most 512. */
    record GetBodies(List<BlockHash> hashes) implements Message {
        public GetBodies {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * Answers {@link GetBodies}: bodies in the order in which they were asked for. Those that the sender does not have, and
     * any number at the end, are left out; at least the first is there if the sender has it.
     */
    record Bodies(List<EncodedBody> bodies) implements Message {
        public Bodies {
            bodies = List.copyOf(bodies);
        }
    }

    /**
     * A block that the sender connected, as its canonical tip, for a receiver that has most of its transactions.
     *
     * @param work cumulative work, as in {@link AnnounceTip}
     * @param salt makes the short ids of this sender and block unlike all others
     * @param ids of the transactions that are not prefilled, in order, under the key of header and salt
     * @param prefilled transactions that the receiver is likely to lack, ascending by index
     */
    record CompactBlock(BlockHeader header, Work work, long salt, ShortIds ids, List<Prefilled> prefilled)
            implements Message {
        public CompactBlock {
            prefilled = List.copyOf(prefilled);
        }

        /** Transactions of the block. */
        public int size() {
            return ids.size() + prefilled.size();
        }
    }

    /** A transaction with its place in the block, counted from 0. */
    record Prefilled(int index, Transaction transaction) {}

    /** Asks for transactions of a block by their places, counted from 0 and ascending. */
    record GetBlockTransactions(BlockHash block, List<Integer> indexes) implements Message {
        public GetBlockTransactions {
            indexes = List.copyOf(indexes);
        }
    }

    /** Answers {@link GetBlockTransactions}, in the order asked; empty if the sender does not have the block. */
    record BlockTransactions(BlockHash block, List<Transaction> transactions) implements Message {
        public BlockTransactions {
            transactions = List.copyOf(transactions);
        }
    }

    /** Asks for the bucket roots of the accounts behind a checkpoint block. Always answered, in the order of asking. */
    record GetStateRoots(BlockHash block) implements Message {}

    /**
     * Answers {@link GetStateRoots}.
     *
     * @param pages the 256 pages of bucket roots (docs/protocol.md §6), each its canonical bytes; none if the sender does
     *     not keep that state
     */
    record StateRoots(BlockHash block, List<ByteBuffer> pages) implements Message {
        public StateRoots {
            pages = List.copyOf(pages);
        }
    }

    /**
     * Asks for the accounts of neighbouring buckets behind a checkpoint block. Always answered, in the order of asking.
     *
     * @param first the first bucket
     * @param count 1 to 1,024
     * @param part which part of the first bucket, of which it is known that it comes in parts; else 0. If it is not 0,
     *     {@code count} is 1
     */
    record GetStateChunk(BlockHash block, int first, int count, int part) implements Message {}

    /**
     * Answers {@link GetStateChunk}: the first of the buckets asked for, as many as fit, at least one; or one part of the
     * first, if that has more than {@link StateBucket#PART_ACCOUNTS} accounts; nothing if the sender does not keep that state.
     *
     * @param part which part of the bucket this is; 0 for whole buckets
     * @param partRoots roots of all parts of the bucket, at least two, which lead to its root; none for whole buckets
     */
    record StateChunk(BlockHash block, int first, List<StateBucket> buckets, int part, List<Hash> partRoots)
            implements Message {
        public StateChunk {
            buckets = List.copyOf(buckets);
            partRoots = List.copyOf(partRoots);
        }

        /** Whole buckets. */
        public StateChunk(BlockHash block, int first, List<StateBucket> buckets) {
            this(block, first, buckets, 0, List.of());
        }

        /** Whether this is a part of one bucket. */
        public boolean isPart() {
            return !partRoots.isEmpty();
        }
    }

    /** Last message before the sender closes the connection. */
    record Goodbye(RejectionReason reason) implements Message {}
}
