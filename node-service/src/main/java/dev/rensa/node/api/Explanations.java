package dev.rensa.node.api;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.TransactionPosition;
import dev.rensa.node.mempool.BlockQueue;
import dev.rensa.node.mempool.Fate;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.PooledTransaction;
import dev.rensa.node.mempool.PooledTransaction.Waiting;
import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.ExplanationView.Departure;
import dev.rensa.protocol.api.ExplanationView.Lack;
import dev.rensa.protocol.api.ExplanationView.MinedAt;
import dev.rensa.protocol.api.ExplanationView.Place;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why a transaction is not mined yet. */
@ApplicationScoped
class Explanations {

    private final ChainView chain;
    private final Mempool mempool;
    private final InstantSource clock;

    Explanations(ChainView chain, Mempool mempool, InstantSource clock) {
        this.chain = chain;
        this.mempool = mempool;
        this.clock = clock;
    }

    ExplanationView explain(String text) {
        TransactionId id = RequestChecks.transactionId(text);
        // The chain is asked twice: what is mined or abandoned meanwhile is found all the same.
        return mined(id)
                .or(() -> mempool.findPooled(id).map(this::waiting))
                .or(() -> mined(id))
                .or(() -> mempool.fate(id).map(fate -> gone(id, fate)))
                .orElseGet(() -> unknown(id));
    }

    private Optional<ExplanationView> mined(TransactionId id) {
        return chain.position(id).map(position -> {
            MinedAt place = place(position);
            return new Draft(id, "mined", "mined", TransactionSentences.mined(place)).mined(place);
        });
    }

    private MinedAt place(TransactionPosition position) {
        return new MinedAt(
                position.block().toHex(),
                position.height(),
                position.index(),
                Math.max(1, chain.head().height() - position.height() + 1));
    }

    private ExplanationView waiting(PooledTransaction entry) {
        return entry.waiting().map(lack -> queued(entry, lack)).orElseGet(() -> pending(entry));
    }

    private ExplanationView pending(PooledTransaction entry) {
        BlockQueue queue = mempool.queueBefore(entry);
        ChainHead head = chain.head();
        String old = TransactionSentences.oldHead(
                clock.millis() - head.header().timestampMillis(),
                chain.genesis().spacingMillis());
        Draft draft = new Draft(
                entry.transaction().id(), "pending", "waits-for-block", TransactionSentences.pending(queue) + old);
        return draft.until(entry, head, queue.blocks())
                .pending(new Place(
                        queue.ahead() + 1,
                        queue.bytesAhead(),
                        queue.blocks(),
                        entry.feePerKib(),
                        entry.arrivedMillis()));
    }

    private ExplanationView queued(PooledTransaction entry, Waiting lack) {
        boolean funds = lack.neededMon().isPresent();
        Draft draft = new Draft(
                entry.transaction().id(),
                "queued",
                (funds ? RejectionReason.INSUFFICIENT_FUNDS : RejectionReason.NONCE_GAP).code(),
                TransactionSentences.waiting(entry.transaction().nonce(), lack));
        return draft.until(entry, chain.head(), 1)
                .queued(new Lack(
                        lack.nonce(),
                        funds ? lack.neededMon().getAsLong() - lack.availableMon() : null,
                        entry.arrivedMillis()));
    }

    private ExplanationView gone(TransactionId id, Fate fate) {
        return new Draft(
                        id,
                        fate.waited() ? "gone" : "refused",
                        fate.cause().reason().code(),
                        TransactionSentences.gone(fate))
                .gone(new Departure(
                        fate.timeMillis(),
                        fate.replacedBy().map(TransactionId::toHex).orElse(null)));
    }

    private ExplanationView unknown(TransactionId id) {
        String networkId = HexFormat.of().toHexDigits(Genesis.networkId(chain.networkHash()));
        return new Draft(id, "unknown", RejectionReason.NOT_FOUND.code(), TransactionSentences.unknown(networkId))
                .gone(null);
    }

    /** What all explanations have. */
    private final class Draft {

        private final TransactionId id;
        private final String state;
        private final String code;
        private final long height = chain.head().height();
        private String summary;
        private @Nullable Long validUntil;
        private @Nullable Long blocksLeft;

        Draft(TransactionId id, String state, String code, String summary) {
            this.id = id;
            this.state = state;
            this.code = code;
            this.summary = summary;
        }

        Draft until(PooledTransaction entry, ChainHead head, long expectedBlocks) {
            long last = entry.transaction().validUntil();
            if (last != 0) {
                long left = Math.max(0, last - head.height());
                validUntil = last;
                blocksLeft = left;
                summary += TransactionSentences.validUntil(last, left, expectedBlocks);
            }
            return this;
        }

        ExplanationView mined(MinedAt place) {
            return view(place, null, null, null);
        }

        ExplanationView pending(Place place) {
            return view(null, place, null, null);
        }

        ExplanationView queued(Lack lack) {
            return view(null, null, lack, null);
        }

        ExplanationView gone(@Nullable Departure departure) {
            return view(null, null, null, departure);
        }

        private ExplanationView view(
                @Nullable MinedAt mined, @Nullable Place pending, @Nullable Lack queued, @Nullable Departure gone) {
            return new ExplanationView(
                    id.toHex(), state, code, summary, height, validUntil, blocksLeft, mined, pending, queued, gone);
        }
    }
}
