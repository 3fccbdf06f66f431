package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts many transfers as one. Safe for use by several threads. */
public final class Payouts {

    private final TransferDesk desk;
    private final PayoutStore store;
    private final Advances advances;

    Payouts(TransferDesk desk, PayoutStore store, Advances advances) {
        this.desk = desk;
        this.store = store;
        this.advances = advances;
    }

    /**
     * Accepts a payout: when the answer comes, all of it is durable, and nothing was signed before. It fails with
     * {@link TransferRefusedException}, and nothing of it was kept then.
     *
     * @param view the sender's account as a node sees it
     */
    public CompletionStage<Accepted> accept(PayoutRequest request, AccountView view) {
        return ask(request, view)
                .exceptionallyCompose(failure -> failure instanceof RequestTakenException
                        // Another replica accepted it at the same moment, and its answer is to be had now.
                        ? ask(request, view)
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Accepted> ask(PayoutRequest request, AccountView view) {
        return desk.with(request.network(), ledger -> accept(ledger, request, view));
    }

    /** Whether a payout of this name was accepted before: then it is answered, and not judged anew. */
    public boolean isRepeated(BlockHash network, WalletId wallet, String idempotencyKey) {
        return store.findByIdempotencyKey(network, wallet, idempotencyKey).isPresent();
    }

    /**
     * The answer to a request.
     *
     * @param replayed whether the same request was accepted before
     */
    public record Accepted(Payout payout, boolean replayed) {}

    private Accepted accept(Ledger ledger, PayoutRequest request, AccountView view) {
        Optional<Payout> earlier =
                store.findByIdempotencyKey(request.network(), request.from().wallet(), request.idempotencyKey());
        if (earlier.isPresent()) {
            if (!earlier.get().requestHash().equals(request.requestHash())) {
                throw new TransferRefusedException(
                        TransferRefusedException.KEY_REUSED,
                        "this Idempotency-Key was used for another payout, "
                                + earlier.get().id() + ": use a fresh key for a new one");
            }
            return new Accepted(earlier.get(), true);
        }
        ledger.claim(List.of(request.from().key()));
        List<Transfer> requested = ledger.requestAll(requests(request), view);
        Payout payout = new Payout(
                ledger.nextId(),
                request.network(),
                request.from().wallet(),
                request.idempotencyKey(),
                request.requestHash(),
                ledger.now(),
                requested.size(),
                Funds.cost(request.orders()));
        ledger.commitPayout(store, payout, transitions(requested, payout, request.actor()));
        advances.later(request.network(), requested);
        return new Accepted(payout, false);
    }

    private static List<TransferRequest> requests(PayoutRequest request) {
        return request.orders().stream()
                .map(order -> new TransferRequest(
                        request.network(), request.from(), order, null, request.requestHash(), request.actor()))
                .toList();
    }

    private static List<Transition> transitions(List<Transfer> requested, Payout payout, String actor) {
        List<Transition> transitions = new ArrayList<>(requested.size());
        for (int line = 0; line < requested.size(); line++) {
            transitions.add(new Transition(
                    requested.get(line), actor, "accepted as line " + line + " of payout " + payout.id(), null));
        }
        return transitions;
    }
}
