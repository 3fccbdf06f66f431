package dev.rensa.bench.jmh;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.transaction.Transaction;
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

/** Bytes to transactions, which names them too, and back. Time a transaction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private final Block block = Samples.block();
    private final byte[] encoded = block.toBytes();
    private final byte[] one = block.transactions().getFirst().toBytes();

    @Benchmark
    public Transaction decodeTransaction() {
        return Transaction.decode(one);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public List<Transaction> decodeBlock() {
        return Block.read(new ByteReader(encoded)).transactions();
    }

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public byte[] encodeBlock() {
        return block.toBytes();
    }
}
