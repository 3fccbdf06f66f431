package dev.rensa.bench.report;

import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** How many signatures of transactions this machine checks a second on all its cores: the limit of everything else. */
public final class SignatureCeiling {

    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration MEASURED = Duration.ofSeconds(3);
    private static final int SAMPLES = 512;

    private SignatureCeiling() {}

    /** Verifications a second, all cores together. */
    public static double measure() {
        FundedAccount account = new FundedAccount(0);
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            transactions.add(account.transfer(BlockHash.ZERO, account.publicKey(), Amount.ofMon(1), Amount.ZERO));
        }
        run(transactions, WARM_UP);
        return run(transactions, MEASURED);
    }

    private static double run(List<Transaction> transactions, Duration duration) {
        int cores = Runtime.getRuntime().availableProcessors();
        LongAdder checked = new LongAdder();
        LongAdder wrong = new LongAdder();
        CountDownLatch done = new CountDownLatch(cores);
        long start = System.nanoTime();
        for (int core = 0; core < cores; core++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (System.nanoTime() - start < duration.toNanos() && wrong.sum() == 0) {
                    transactions.forEach(transaction -> {
                        if (!transaction.isSignedFor(BlockHash.ZERO)) {
                            wrong.increment();
                        }
                    });
                    checked.add(transactions.size());
                }
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (wrong.sum() > 0) {
            throw new IllegalStateException("a good signature was refused: what is measured here would mean nothing");
        }
        return checked.sum() * 1e9 / (System.nanoTime() - start);
    }
}
