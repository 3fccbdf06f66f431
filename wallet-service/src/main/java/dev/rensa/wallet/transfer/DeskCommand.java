package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.VaultLockedException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What waits for the desk's thread. */
sealed interface DeskCommand {

    /** Answers that it was not done, or that it is not known whether it was. */
    void fail(RuntimeException failure);

    /** A request; many of them share a commit. */
    record Accept(TransferRequest request, AccountView view, CompletableFuture<Acceptance> answer)
            implements DeskCommand {
        @Override
        public void fail(RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Something that replaces what is in the store. */
    record Exclusive<T>(Tracker.Work<T> work, CompletableFuture<T> answer) implements DeskCommand {
        void run() {
            try {
                answer.complete(work.run());
            } catch (IOException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }

        @Override
        public void fail(RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Something that is done with a network's ledger. */
    record Task<T>(BlockHash network, Function<Ledger, T> work, CompletableFuture<T> answer) implements DeskCommand {
        void run(Ledger ledger) {
            try {
                answer.complete(work.apply(ledger));
            } catch (TransferRefusedException | VaultLockedException e) {
                // Both are thrown before anything is changed.
                answer.completeExceptionally(e);
            }
        }

        @Override
        public void fail(RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }
}
