package dev.rensa.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of transactions that do not wait any more. */
class RecentFatesTest {

    private static final long NOW = 1_000_000;
    private static final PublicKey ALICE = Offers.key("alice");
    private static final Rejection CAUSE = new Rejection(RejectionReason.MEMPOOL_FULL, "test");

    private final FakeChain chain = new FakeChain(2);
    private final Mempool mempool =
            new Mempool(chain, new MempoolLimits(1_000_000, 2, 100, 7_200_000), new RecordingListener());

    @BeforeEach
    void fundAccount() {
        chain.fund(ALICE, 1_000);
    }

    @Test
    void shouldNameWhatReplacedIt() {
        Transaction cheap = alice().build();
        Transaction dear = alice().fee(20).build();
        mempool.admit(cheap, NOW);
        mempool.admit(dear, NOW + 5);

        Fate fate = mempool.fate(cheap.id()).orElseThrow();

        assertThat(fate.cause().reason()).isEqualTo(RejectionReason.REPLACED);
        assertThat(fate.waited()).isTrue();
        assertThat(fate.timeMillis()).isEqualTo(NOW + 5);
        assertThat(fate.replacedBy()).contains(dear.id());
    }

    @Test
    void shouldTellWaitingTooLongFromALastHeight() {
        Transaction dated = alice().nonce(1).validUntil(1).build();
        mempool.admit(dated, NOW);
        mempool.chainChanged(chain.connect(List.of()), NOW);
        Transaction old = alice().nonce(0).build();
        mempool.admit(old, NOW);
        mempool.expire(NOW + 7_200_001);

        assertThat(mempool.fate(dated.id()).orElseThrow().cause().detail()).contains("until height 1");
        assertThat(mempool.fate(old.id()).orElseThrow().cause().detail()).contains("rensa.mempool.expiry is 7200 s");
    }

    @Test
    void shouldTellThatAnotherWithItsNonceWasMined() {
        Transaction loser = alice().build();
        mempool.admit(loser, NOW);

        mempool.chainChanged(chain.connect(List.of(alice().amount(5).build())), NOW);

        assertThat(mempool.fate(loser.id()).orElseThrow().cause().reason()).isEqualTo(RejectionReason.NONCE_TOO_LOW);
    }

    @Test
    void shouldRememberWhyItLeftRatherThanThatItWasRefusedLater() {
        Transaction cheap = alice().build();
        mempool.admit(cheap, NOW);
        mempool.admit(alice().fee(20).build(), NOW);

        mempool.noteRefusal(cheap.id(), CAUSE, NOW);

        assertThat(mempool.fate(cheap.id()).orElseThrow().cause().reason()).isEqualTo(RejectionReason.REPLACED);
    }

    @Test
    void shouldForgetTheOldestBeyondItsBounds() {
        RecentFates fates = new RecentFates();
        for (int i = 0; i < RecentFates.MAX_LEFT + 5; i++) {
            fates.add(id(i), new Fate(CAUSE, true, i, Optional.empty()));
        }
        for (int i = 0; i < RecentFates.MAX_REFUSED + 5; i++) {
            fates.add(id(1_000_000 + i), new Fate(CAUSE, false, i, Optional.empty()));
        }

        assertThat(fates.size()).isEqualTo(RecentFates.MAX_LEFT + RecentFates.MAX_REFUSED);
        assertThat(fates.find(id(4))).isNull();
        assertThat(fates.find(id(5))).isNotNull();
        assertThat(fates.find(id(1_000_004))).isNull();
        assertThat(fates.find(id(1_000_005))).isNotNull();
    }

    private Offers alice() {
        return Offers.from(chain, ALICE);
    }

    private static TransactionId id(int number) {
        return TransactionId.of(
                Sha256.hash(ByteBuffer.allocate(4).putInt(number).array()));
    }
}
