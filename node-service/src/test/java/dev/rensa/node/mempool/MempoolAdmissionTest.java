package dev.rensa.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.mempool.RecordingListener.Eviction;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mempool takes, what it refuses, and what it says to it. */
class MempoolAdmissionTest {

    private static final long NOW = 1_000_000;
    private static final PublicKey ALICE = Offers.key("alice");
    private static final PublicKey BOB = Offers.key("bob");

    private final FakeChain chain = new FakeChain(2);
    private final RecordingListener listener = new RecordingListener();
    private Mempool mempool = withLimits(MempoolLimits.DEFAULT);

    @BeforeEach
    void fundAccounts() {
        chain.fund(ALICE, 1_000);
        chain.fund(BOB, 1_000);
    }

    @Test
    void shouldTakeTheNextNonceAsPending() {
        Transaction next = alice().build();

        Admission admission = mempool.admit(next, NOW);

        assertThat(admission).isEqualTo(new Admission.Pending());
        assertThat(mempool.find(next.id())).contains(next);
        assertThat(listener.admitted).containsExactly(next);
        assertThat(mempool.view().pending()).isEqualTo(1);
        assertThat(mempool.view().bytes()).isEqualTo(next.size());
    }

    @Test
    void shouldQueueBehindAGapAndNameTheMissingNonce() {
        mempool.admit(alice().nonce(0).build(), NOW);

        Admission admission = mempool.admit(alice().nonce(3).build(), NOW);

        assertThat(admission).isEqualTo(new Admission.Queued(1));
        assertThat(mempool.view().queued()).isEqualTo(1);
    }

    @Test
    void shouldPromoteWhatWaitedOnceTheGapIsFilled() {
        Transaction later = alice().nonce(1).build();
        mempool.admit(later, NOW);

        mempool.admit(alice().nonce(0).build(), NOW);

        assertThat(listener.promoted).containsExactly(later);
        assertThat(mempool.findPooled(later.id()).orElseThrow().isPending()).isTrue();
        assertThat(mempool.sender(ALICE).orElseThrow().pendingNextNonce()).isEqualTo(2);
        assertThat(mempool.sender(ALICE).orElseThrow().pendingBalance().mon()).isEqualTo(1_000 - 2 * 11);
    }

    @Test
    void shouldQueueWhatTheBalanceNoLongerCovers() {
        Transaction second = alice().nonce(1).amount(600).build();
        mempool.admit(second, NOW);

        Admission first = mempool.admit(alice().nonce(0).amount(600).build(), NOW);

        assertThat(first).isEqualTo(new Admission.Pending());
        assertThat(mempool.findPooled(second.id()).orElseThrow().missingNonce()).hasValue(1);
    }

    @Test
    void shouldKnowWhatItHas() {
        Transaction transaction = alice().build();
        mempool.admit(transaction, NOW);

        assertThat(mempool.admit(transaction, NOW)).isEqualTo(new Admission.Known());
        assertThat(mempool.precheck(transaction).map(Rejection::reason)).contains(RejectionReason.ALREADY_KNOWN);
    }

    @Test
    void shouldKnowWhatIsMined() {
        Transaction mined = alice().build();
        mempool.chainChanged(chain.connect(List.of(mined)), NOW);

        assertThat(mempool.precheck(mined).map(Rejection::reason)).contains(RejectionReason.ALREADY_KNOWN);
    }

    @Test
    void shouldRefuseAnotherNetworkNamingBoth() {
        Rejection rejection = refusal(alice().network(0x01020304));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.WRONG_NETWORK);
        assertThat(rejection.detail()).contains("01020304").contains("%08x".formatted(chain.networkId()));
    }

    @Test
    void shouldRefuseAFeeBelowTheGenesisMinimum() {
        Rejection rejection = refusal(alice().fee(1));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.FEE_BELOW_MINIMUM);
        assertThat(rejection.detail()).contains("at least 2 mon");
    }

    @Test
    void shouldRefuseASpentNonceNamingTheNextOne() {
        mempool.chainChanged(chain.connect(List.of(alice().build())), NOW);

        Rejection rejection = refusal(alice().nonce(0).fee(99));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.NONCE_TOO_LOW);
        assertThat(rejection.detail()).contains("next nonce is 1");
    }

    @Test
    void shouldRefuseANonceTooFarAhead() {
        mempool = withLimits(new MempoolLimits(1_000_000, 100, 5, 1_000));

        assertThat(mempool.admit(alice().nonce(5).build(), NOW)).isEqualTo(new Admission.Queued(0));
        Rejection rejection = refusal(alice().nonce(6));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.NONCE_TOO_FAR_AHEAD);
        assertThat(rejection.detail()).contains("rensa.mempool.max-nonce-gap");
    }

    @Test
    void shouldRefuseWhatThePendingOnesLeaveNoMoneyFor() {
        mempool.admit(alice().nonce(0).amount(600).build(), NOW);

        Rejection rejection = refusal(alice().nonce(1).amount(600));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(rejection.detail()).contains("need 610 mon").contains("390 mon are available");
    }

    @Test
    void shouldRefuseWhatExpiredBeforeTheNextBlock() {
        mempool.chainChanged(chain.connect(List.of()), NOW);

        Rejection rejection = refusal(alice().validUntil(1));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.EXPIRED);
        assertThat(mempool.admit(alice().validUntil(2).build(), NOW)).isEqualTo(new Admission.Pending());
    }

    @Test
    void shouldReplaceAtATenthMoreAndNotBelow() {
        Transaction cheap = alice().fee(100).build();
        mempool.admit(cheap, NOW);

        Rejection rejection = refusal(alice().fee(109));
        Admission replacement = mempool.admit(alice().fee(110).build(), NOW);

        assertThat(rejection.reason()).isEqualTo(RejectionReason.REPLACEMENT_FEE_TOO_LOW);
        assertThat(rejection.detail()).contains("at least 110 mon");
        assertThat(replacement).isEqualTo(new Admission.Pending());
        assertThat(listener.evicted).containsExactly(new Eviction(cheap, RejectionReason.REPLACED));
        assertThat(mempool.view().transactions()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAReplacementTakeTheFundsOfWhatFollows() {
        mempool.admit(alice().nonce(0).amount(100).build(), NOW);
        Transaction second = alice().nonce(1).amount(800).build();
        mempool.admit(second, NOW);

        Rejection rejection = refusal(alice().nonce(0).amount(300).fee(20));

        assertThat(rejection.reason()).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(mempool.findPooled(second.id()).orElseThrow().isPending()).isTrue();
    }

    @Test
    void shouldKeepToTheLimitASender() {
        mempool = withLimits(new MempoolLimits(1_000_000, 2, 100, 1_000));
        mempool.admit(alice().nonce(1).build(), NOW);
        Transaction highest = alice().nonce(2).build();
        mempool.admit(highest, NOW);

        Rejection rejection = refusal(alice().nonce(3));
        Admission missing = mempool.admit(alice().nonce(0).build(), NOW);

        assertThat(rejection.reason()).isEqualTo(RejectionReason.SENDER_LIMIT);
        assertThat(rejection.detail()).contains("rensa.mempool.max-per-sender");
        assertThat(missing).isEqualTo(new Admission.Pending());
        assertThat(listener.evicted).containsExactly(new Eviction(highest, RejectionReason.SENDER_LIMIT));
    }

    @Test
    void shouldLetTheCheapestSendersLastNonceGoWhenFull() {
        mempool = withLimits(new MempoolLimits(3 * Transaction.MIN_BYTES, 100, 100, 1_000));
        mempool.admit(alice().nonce(0).fee(5).build(), NOW);
        Transaction last = alice().nonce(1).fee(50).build();
        mempool.admit(last, NOW);
        mempool.admit(bob().nonce(0).fee(20).build(), NOW);

        Rejection rejection = refusal(bob().nonce(1).fee(5));
        Admission dearer = mempool.admit(bob().nonce(1).fee(6).build(), NOW);

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MEMPOOL_FULL);
        assertThat(rejection.detail()).contains("rensa.mempool.max-bytes").contains("at least 6 mon");
        assertThat(mempool.view().minimumFee().mon()).isEqualTo(6);
        assertThat(dearer).isEqualTo(new Admission.Pending());
        assertThat(listener.evicted).containsExactly(new Eviction(last, RejectionReason.MEMPOOL_FULL));
    }

    @Test
    void shouldNotMakeRoomWithWhatTheOfferStandsUpon() {
        mempool = withLimits(new MempoolLimits(Transaction.MIN_BYTES, 100, 100, 1_000));
        mempool.admit(alice().nonce(0).fee(5).build(), NOW);

        assertThat(refusal(alice().nonce(1).fee(500)).reason()).isEqualTo(RejectionReason.MEMPOOL_FULL);
        assertThat(mempool.admit(alice().nonce(0).fee(6).build(), NOW)).isEqualTo(new Admission.Pending());
    }

    @Test
    void shouldDropWhatWaitedTooLong() {
        mempool = withLimits(new MempoolLimits(1_000_000, 100, 100, 1_000));
        Transaction old = alice().build();
        mempool.admit(old, NOW);
        Transaction young = bob().build();
        mempool.admit(young, NOW + 600);

        mempool.expire(NOW + 1_001);

        assertThat(listener.evicted).containsExactly(new Eviction(old, RejectionReason.EXPIRED));
        assertThat(mempool.contains(young.id())).isTrue();
    }

    private Mempool withLimits(MempoolLimits limits) {
        return new Mempool(chain, limits, listener);
    }

    private Offers alice() {
        return Offers.from(chain, ALICE);
    }

    private Offers bob() {
        return Offers.from(chain, BOB);
    }

    private Rejection refusal(Offers offer) {
        Admission admission = mempool.admit(offer.build(), NOW);
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).rejection();
    }
}
