package dev.rensa.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rensa.node.mempool.FeeEstimate.Basis;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the mempool advises to pay, on a network whose blocks hold ten of the smallest transactions. */
class FeeEstimatesTest {

    private static final long NOW = 1_000_000;
    private static final int BLOCK = 10;
    private static final long MINIMUM = 2;

    private final FakeChain chain = new FakeChain(MINIMUM, BLOCK * Transaction.MIN_BYTES);
    private final Mempool mempool = withRoomFor(1_000);
    private int senders;

    @Test
    void shouldAdviseTheMinimumWhenNothingCompetes() {
        offer(mempool, BLOCK, 50);

        assertThat(mempool.estimateFees())
                .extracting(
                        FeeEstimate::blocks, estimate -> estimate.transferFee().mon(), FeeEstimate::basis)
                .containsExactly(
                        tuple(1, MINIMUM, Basis.MINIMUM),
                        tuple(5, MINIMUM, Basis.MINIMUM),
                        tuple(20, MINIMUM, Basis.MINIMUM));
    }

    @Test
    void shouldAdviseMoreThanWhatFillsTheBlocks() {
        offer(mempool, BLOCK, 50);
        offer(mempool, 4 * BLOCK, 30);
        offer(mempool, BLOCK, 20);

        List<FeeEstimate> estimates = mempool.estimateFees();

        assertThat(estimates)
                .extracting(
                        FeeEstimate::blocks, estimate -> estimate.transferFee().mon(), FeeEstimate::basis)
                .containsExactly(
                        tuple(1, 31L, Basis.MEMPOOL), tuple(5, 21L, Basis.MEMPOOL), tuple(20, MINIMUM, Basis.MINIMUM));
        Transaction advised = Offers.from(chain, fund())
                .fee(estimates.getFirst().transferFee().mon())
                .build();
        mempool.admit(advised, NOW);
        assertThat(mempool.queueBefore(mempool.findPooled(advised.id()).orElseThrow()))
                .isEqualTo(new BlockQueue(BLOCK, BLOCK * (long) Transaction.MIN_BYTES, 2, false));
    }

    @Test
    void shouldSayThatThereAreMoreBeforeOneThanItCounts() {
        offer(mempool, 8, 50);
        List<PooledTransaction> waiting = mempool.snapshotForSaving().stream()
                .map(transaction -> mempool.findPooled(transaction.id()).orElseThrow())
                .sorted()
                .toList();

        assertThat(BlockQueue.of(waiting.getLast(), waiting, 1 << 20, 5))
                .isEqualTo(new BlockQueue(5, 5L * Transaction.MIN_BYTES, 1, true));
        assertThat(BlockQueue.of(waiting.getLast(), waiting, 1 << 20, 8))
                .isEqualTo(new BlockQueue(7, 7L * Transaction.MIN_BYTES, 1, false));
    }

    @Test
    void shouldLeaveOutWhatCannotBeMined() {
        for (int i = 0; i < 2 * BLOCK; i++) {
            mempool.admit(Offers.from(chain, fund()).nonce(1).fee(50).build(), NOW);
        }

        assertThat(mempool.estimateFees().getFirst().basis()).isEqualTo(Basis.MINIMUM);
    }

    @Test
    void shouldRememberWhatFullBlocksAskedFor() {
        mine(offer(mempool, BLOCK, 40));
        FeeEstimate afterAFullOne = mempool.estimateFees().getFirst();
        mine(offer(mempool, 1, 40));
        FeeEstimate afterOneWithRoom = mempool.estimateFees().getFirst();

        assertThat(afterAFullOne.basis()).isEqualTo(Basis.RECENT_BLOCKS);
        assertThat(afterAFullOne.transferFee().mon()).isEqualTo(41);
        assertThat(afterOneWithRoom.basis()).isEqualTo(Basis.MINIMUM);
    }

    @Test
    void shouldForgetBlocksThatWereAbandoned() {
        mine(offer(mempool, BLOCK, 40));

        mempool.chainChanged(chain.reorganise(1, List.of(List.of(), List.of())), NOW);

        assertThat(mempool.estimateFees().getFirst().basis()).isEqualTo(Basis.MINIMUM);
    }

    @Test
    void shouldAdviseAtLeastWhatIsTakenWhenFull() {
        Mempool small = withRoomFor(BLOCK);
        offer(small, BLOCK, 7);

        FeeEstimate relaxed = small.estimateFees().getLast();

        assertThat(relaxed.basis()).isEqualTo(Basis.ENTRY);
        assertThat(relaxed.transferFee().mon()).isEqualTo(8);
        assertThat(small.view().isFull()).isTrue();
        assertThat(small.view().minimumFeePerKib()).isEqualTo(relaxed.feePerKib());
    }

    private Mempool withRoomFor(int transactions) {
        MempoolLimits limits = new MempoolLimits((long) transactions * Transaction.MIN_BYTES, 100, 100, 1_000);
        return new Mempool(chain, limits, new RecordingListener());
    }

    private List<Transaction> offer(Mempool to, int count, long fee) {
        List<Transaction> offered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Transaction transaction = Offers.from(chain, fund()).fee(fee).build();
            assertThat(to.admit(transaction, NOW)).isEqualTo(new Admission.Pending());
            offered.add(transaction);
        }
        return offered;
    }

    private PublicKey fund() {
        PublicKey key = Offers.key("sender " + senders++);
        chain.fund(key, 1_000);
        return key;
    }

    private void mine(List<Transaction> transactions) {
        mempool.chainChanged(chain.connect(transactions), NOW);
    }
}
