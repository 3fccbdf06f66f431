package dev.rensa.bench.jmh;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.merkle.MerkleTree;
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

/** The root over a block's ids, and the proof of one of them. Time a transaction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MerkleBenchmark {

    private final List<Transaction> transactions = Samples.block().transactions();
    private final List<TransactionId> ids =
            transactions.stream().map(Transaction::id).toList();

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public Hash root() {
        return Block.transactionsRoot(transactions);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.TRANSACTIONS)
    public MerkleProof proof() {
        return MerkleTree.prove(ids, Samples.TRANSACTIONS / 2);
    }
}
