package dev.rensa.bench.propagation;

import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.protocol.transaction.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes every signature for good, on the writer. */
final class Trust implements SignatureChecks {

    private final Executor writer;

    Trust(Executor writer) {
        this.writer = writer;
    }

    @Override
    public void check(List<Transaction> transactions, Consumer<boolean[]> whenDone) {
        writer.execute(() -> whenDone.accept(allGood(transactions.size())));
    }

    @Override
    public <T> void check(
            Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone) {
        writer.execute(() -> {
            T prepared = preparing.get();
            whenDone.accept(prepared, allGood(signed.apply(prepared).size()));
        });
    }

    private static boolean[] allGood(int count) {
        boolean[] valid = new boolean[count];
        Arrays.fill(valid, true);
        return valid;
    }
}
