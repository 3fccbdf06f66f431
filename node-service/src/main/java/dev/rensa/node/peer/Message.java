package dev.rensa.node.peer;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
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

    /** The sender has these transactions in its mempool; at most 5,000. */
    record AnnounceTransactions(List<TransactionId> ids) implements Message {
        public AnnounceTransactions {
            ids = List.copyOf(ids);
        }
    }

    /** Asks for transactions that were announced; at most 5,000. */
    record GetTransactions(List<TransactionId> ids) implements Message {
        public GetTransactions {
            ids = List.copyOf(ids);
        }
    }

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

    /** Last message before the sender closes the connection. */
    record Goodbye(RejectionReason reason) implements Message {}
}
