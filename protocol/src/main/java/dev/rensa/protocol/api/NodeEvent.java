package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells on its event stream. The SSE event's name is {@link #name()}, its data one of these records as JSON,
 * its id {@code epoch-number}: the number rises by one with each event, the epoch is another one at each start of the node.
 */
public sealed interface NodeEvent {

    /** Name of the server-sent event. */
    @JsonIgnore
    String name();

    /** When this node saw it, milliseconds since 1970-01-01 UTC. */
    long timeMillis();

    /**
     * A block was connected to the canonical chain and is its tip now.
     *
     * @param receivedFrom node key of the peer that sent it, absent when this node mined it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BlockConnected(
            long timeMillis,
            long height,
            String hash,
            String parent,
            long timestampMillis,
            String work,
            String miner,
            int transactionCount,
            @Nullable String receivedFrom)
            implements NodeEvent {
        @Override
        public String name() {
            return "block";
        }
    }

    /**
     * The canonical chain changed to another branch. Told before the blocks of the new branch are.
     *
     * @param forkHeight height of the last common block
     * @param disconnected hashes that left the canonical chain, from the old tip down
     * @param connected hashes that joined it, ascending
     */
    record Reorganisation(
            long timeMillis,
            long forkHeight,
            String forkBlock,
            List<String> disconnected,
            List<String> connected,
            int returnedTransactions)
            implements NodeEvent {
        @Override
        public String name() {
            return "reorganisation";
        }
    }

    /**
     * A transaction changed its state here.
     *
     * @param state {@code pending}, {@code queued}, {@code mined}, {@code returned} (of an abandoned block, it waits again),
     *     {@code replaced}, {@code expired} or {@code evicted}
     * @param code reason code, when it left without being mined
     * @param successor id of the transaction that took its nonce
     * @param block hash of the block that it is mined in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TransactionChanged(
            long timeMillis,
            String id,
            String sender,
            String state,
            @Nullable String code,
            @Nullable String successor,
            @Nullable String block)
            implements NodeEvent {
        @Override
        public String name() {
            return "transaction";
        }
    }

    /**
     * A peer came or went.
     *
     * @param state {@code connected} or {@code disconnected}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PeerChanged(
            long timeMillis,
            String nodeKey,
            String address,
            String state,
            @Nullable String code) implements NodeEvent {
        @Override
        public String name() {
            return "peer";
        }
    }

    /**
     * Events are missing before this one: whoever keeps a state by events must ask for it anew.
     *
     * @param reason {@code restarted} (the last event was one of an earlier start), {@code too-old} (it is kept no more),
     *     {@code unknown-id}, {@code too-slow} (the stream ends here) or {@code overload} (the node could not keep up)
     * @param height height of the tip
     * @param tip hash of the tip
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Gap(
            long timeMillis,
            String reason,
            @Nullable Long height,
            @Nullable String tip) implements NodeEvent {
        @Override
        public String name() {
            return "gap";
        }
    }
}
