package dev.rensa.bench.jmh;

import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.mempool.MempoolListener;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Admitting a block's worth of transactions whose signatures hold, and choosing them for a block. Time a transaction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MempoolBenchmark {

    private static final MempoolListener NOBODY = new MempoolListener() {
        @Override
        public void admitted(Transaction transaction, boolean pending) {}

        @Override
        public void evicted(Transaction transaction, RejectionReason reason) {}
    };

    private final List<Transaction> transactions = Samples.block().transactions();
    private final Chain chain = Samples.chain(new InMemoryStorage());
    private final Mempool full = filled();

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public Mempool admit() {
        return filled();
    }

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public List<Transaction> select() {
        return full.select(Samples.BLOCK_BYTES);
    }

    private Mempool filled() {
        Mempool mempool = new Mempool(chain, MempoolLimits.DEFAULT, NOBODY);
        for (Transaction transaction : transactions) {
            mempool.admit(transaction, 0);
        }
        return mempool;
    }
}
