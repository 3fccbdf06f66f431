package dev.rensa.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.mempool.RecordingListener.Eviction;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the mempool follows the chain, and what it offers to a miner. */
class MempoolChainTest {

    private static final long NOW = 1_000_000;
    private static final PublicKey ALICE = Offers.key("alice");
    private static final PublicKey BOB = Offers.key("bob");

    private final FakeChain chain = new FakeChain(0);
    private final RecordingListener listener = new RecordingListener();
    private final Mempool mempool = new Mempool(chain, MempoolLimits.DEFAULT, listener);

    @BeforeEach
    void fundAccounts() {
        chain.fund(ALICE, 1_000);
        chain.fund(BOB, 1_000);
    }

    @Test
    void shouldLetMinedOnesLeaveWithoutANotice() {
        Transaction first = alice().nonce(0).build();
        Transaction second = alice().nonce(1).build();
        mempool.admit(first, NOW);
        mempool.admit(second, NOW);

        mempool.chainChanged(chain.connect(List.of(first)), NOW);

        assertThat(listener.evicted).isEmpty();
        assertThat(mempool.contains(first.id())).isFalse();
        assertThat(mempool.findPooled(second.id()).orElseThrow().isPending()).isTrue();
        assertThat(mempool.view())
                .isEqualTo(new MempoolView(
                        1, 0, second.size(), 64L << 20, chain.genesis().minimumFee()));
    }

    @Test
    void shouldEvictWhatIsInConflictWithAMinedOne() {
        Transaction here = alice().nonce(0).amount(5).build();
        mempool.admit(here, NOW);

        mempool.chainChanged(chain.connect(List.of(alice().nonce(0).amount(6).build())), NOW);

        assertThat(listener.evicted).containsExactly(new Eviction(here, RejectionReason.NONCE_TOO_LOW));
        assertThat(mempool.view().transactions()).isZero();
        assertThat(mempool.sender(ALICE)).isEmpty();
    }

    @Test
    void shouldPromoteWhatABlockMadeMinable() {
        Transaction second = alice().nonce(1).build();
        mempool.admit(second, NOW);

        mempool.chainChanged(chain.connect(List.of(alice().nonce(0).build())), NOW);

        assertThat(listener.promoted).containsExactly(second);
    }

    @Test
    void shouldDemoteWhatABlockTookTheMoneyOf() {
        Transaction second = alice().nonce(1).amount(500).build();
        mempool.admit(alice().nonce(0).amount(100).build(), NOW);
        mempool.admit(second, NOW);

        mempool.chainChanged(chain.connect(List.of(alice().nonce(0).amount(900).build())), NOW);

        assertThat(mempool.findPooled(second.id()).orElseThrow().missingNonce()).hasValue(1);
        assertThat(mempool.select(1_000_000)).isEmpty();
    }

    @Test
    void shouldTakeBackTheTransactionsOfAbandonedBlocks() {
        Transaction first = alice().nonce(0).build();
        Transaction second = alice().nonce(1).build();
        Transaction third = alice().nonce(2).build();
        mempool.chainChanged(chain.connect(List.of(first)), NOW);
        mempool.chainChanged(chain.connect(List.of(second)), NOW);
        mempool.admit(third, NOW);

        mempool.chainChanged(chain.reorganise(2, List.of(List.of(first), List.of(), List.of())), NOW);

        assertThat(mempool.select(1_000_000)).containsExactly(second, third);
        assertThat(listener.evicted).isEmpty();
    }

    @Test
    void shouldSayWhichAbandonedTransactionIsLost() {
        Transaction abandoned = alice().nonce(0).amount(5).build();
        mempool.chainChanged(chain.connect(List.of(abandoned)), NOW);

        mempool.chainChanged(
                chain.reorganise(1, List.of(List.of(alice().nonce(0).amount(6).build()), List.of())), NOW);

        assertThat(listener.evicted).containsExactly(new Eviction(abandoned, RejectionReason.NONCE_TOO_LOW));
    }

    @Test
    void shouldEvictWhatIsPastItsLastHeight() {
        Transaction shortLived = alice().nonce(0).validUntil(1).build();
        Transaction behind = alice().nonce(1).build();
        mempool.admit(shortLived, NOW);
        mempool.admit(behind, NOW);

        mempool.chainChanged(chain.connect(List.of()), NOW);

        assertThat(listener.evicted).containsExactly(new Eviction(shortLived, RejectionReason.EXPIRED));
        assertThat(mempool.findPooled(behind.id()).orElseThrow().missingNonce()).hasValue(0);
    }

    @Test
    void shouldSelectByFeeAndKeepTheNoncesInOrder() {
        Transaction cheapFirst = alice().nonce(0).fee(1).build();
        Transaction dearSecond = alice().nonce(1).fee(100).build();
        Transaction middle = bob().nonce(0).fee(50).build();
        Transaction low = bob().nonce(1).fee(0).build();
        List.of(cheapFirst, dearSecond, middle, low).forEach(transaction -> mempool.admit(transaction, NOW));

        assertThat(mempool.select(1_000_000)).containsExactly(middle, cheapFirst, dearSecond, low);
        assertThat(Pages.byFee(mempool).stream().map(PooledTransaction::transaction))
                .containsExactly(dearSecond, middle, cheapFirst, low);
    }

    @Test
    void shouldFillTheBlockWithWhatStillFits() {
        Transaction large = alice().nonce(0).fee(500).memo("m".repeat(200)).build();
        Transaction small = bob().nonce(0).fee(1).build();
        mempool.admit(large, NOW);
        mempool.admit(small, NOW);

        assertThat(mempool.select(large.size() + small.size() - 1)).containsExactly(large);
        assertThat(mempool.select(large.size() - 1)).containsExactly(small);
        assertThat(mempool.select(0)).isEmpty();
    }

    @Test
    void shouldBeSavedInAnOrderInWhichAllOfItIsTakenAgain() {
        for (long nonce : new long[] {2, 0, 1}) {
            mempool.admit(alice().nonce(nonce).build(), NOW);
            mempool.admit(bob().nonce(nonce).build(), NOW);
        }
        Mempool restored = new Mempool(chain, MempoolLimits.DEFAULT, listener);

        for (Transaction transaction : mempool.snapshotForSaving()) {
            assertThat(restored.admit(transaction, NOW)).isEqualTo(new Admission.Pending());
        }

        assertThat(restored.view()).isEqualTo(mempool.view());
    }

    private Offers alice() {
        return Offers.from(chain, ALICE);
    }

    private Offers bob() {
        return Offers.from(chain, BOB);
    }
}
