package dev.rensa.bench.jmh;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A signature on one core, and a whole block from its bytes into a ledger in memory. Time a transaction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValidationBenchmark {

    private final byte[] encoded = Samples.block().toBytes();
    private final Transaction transaction = Samples.block().transactions().getFirst();

    /** A chain takes a block once; a signature needs none. */
    @State(Scope.Thread)
    public static class Ledger {

        private Chain chain = Samples.chain(new InMemoryStorage());

        @Setup(Level.Invocation)
        public void renew() {
            chain = Samples.chain(new InMemoryStorage());
        }
    }

    @Benchmark
    public boolean signature() {
        return transaction.isSignedFor(Samples.NETWORK);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public BlockOutcome connectBlock(Ledger ledger) {
        Block block = Block.decode(encoded);
        return ledger.chain.acceptBlock(block, block.header().timestampMillis());
    }
}
