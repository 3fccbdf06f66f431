package dev.rensa.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.Account;
import dev.rensa.node.mempool.PageQuery.Order;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random offers, blocks and reorganisations; after each step everything that the mempool keeps by bookkeeping is
 * compared with what follows from its content alone. {@code -Dseed=} replays a run.
 */
class MempoolModelTest {

    private static final int RUNS = 40;
    private static final int STEPS = 400;
    private static final MempoolLimits LIMITS = new MempoolLimits(40L * Transaction.MIN_BYTES, 12, 15, 500);
    private static final List<PublicKey> SENDERS =
            IntStream.range(0, 5).mapToObj(i -> Offers.key("sender " + i)).toList();

    @Test
    void shouldAgreeWithANaiveModel() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("MempoolModelTest -Dseed=" + seed);
        Random random = new Random(seed);

        for (int run = 0; run < RUNS; run++) {
            new Run(random).play();
        }
    }

    private static final class Run {
        private final Random random;
        private final FakeChain chain = new FakeChain(0);
        private final RecordingListener listener = new RecordingListener();
        private final Mempool mempool = new Mempool(chain, LIMITS, listener);
        private final Set<TransactionId> expected = new HashSet<>();
        private int height;
        private long now = 1_000;

        Run(Random random) {
            this.random = random;
            SENDERS.forEach(sender -> chain.fund(sender, 400 + random.nextInt(4_000)));
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(10);
                switch (random.nextInt(10)) {
                    case 0 -> mine();
                    case 1 -> reorganise();
                    case 2 -> mempool.expire(now);
                    default -> offer();
                }
                compare();
            }
        }

        private void offer() {
            PublicKey sender = SENDERS.get(random.nextInt(SENDERS.size()));
            Transaction transaction = Offers.from(chain, sender)
                    .nonce(Math.max(0, chain.account(sender).nextNonce() + random.nextInt(12) - 1))
                    .amount(1 + random.nextInt(300))
                    .fee(random.nextInt(40))
                    .validUntil(random.nextInt(5) == 0 ? height + random.nextInt(4) : 0)
                    .memo("x".repeat(random.nextInt(3)))
                    .build();
            Trial trial = mempool.tryOut(transaction);
            listener.evicted.clear();
            Admission admission = mempool.admit(transaction, now);

            assertThat(trial.admission()).isEqualTo(admission);
            assertThat(listener.evicted.stream()
                            .map(eviction -> eviction.transaction().id()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(trial.evicts().stream(), trial.replaces().stream())
                                    .toList());
            listener.evicted.forEach(
                    eviction -> assertThat(mempool.fate(eviction.transaction().id())
                                    .map(fate -> fate.cause().reason()))
                            .contains(eviction.reason()));
        }

        private void mine() {
            List<Transaction> chosen = mempool.select(random.nextInt(20) * Transaction.MIN_BYTES);
            height++;
            mempool.chainChanged(chain.connect(chosen), now);
            chosen.forEach(transaction -> expected.remove(transaction.id()));
        }

        private void reorganise() {
            int depth = Math.min(height, 1 + random.nextInt(3));
            List<List<Transaction>> replacement = new ArrayList<>();
            for (int i = 0; i <= depth; i++) {
                replacement.add(List.of());
            }
            height += 1;
            mempool.chainChanged(chain.reorganise(depth, replacement), now);
        }

        private void compare() {
            listener.admitted.forEach(transaction -> expected.add(transaction.id()));
            listener.evicted.forEach(
                    eviction -> expected.remove(eviction.transaction().id()));
            listener.admitted.clear();
            listener.evicted.clear();
            List<PooledTransaction> all = Pages.byFee(mempool);
            assertThat(all.stream().map(entry -> entry.transaction().id()))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(all).isSorted();
            comparePages(all);

            Map<TransactionId, Boolean> pending = naivePending(all);
            for (PooledTransaction entry : all) {
                assertThat(entry.isPending())
                        .isEqualTo(pending.get(entry.transaction().id()));
            }
            int pendingCount =
                    (int) pending.values().stream().filter(yes -> yes).count();
            long bytes =
                    all.stream().mapToLong(entry -> entry.transaction().size()).sum();
            assertThat(mempool.view().pending()).isEqualTo(pendingCount);
            assertThat(mempool.view().queued()).isEqualTo(all.size() - pendingCount);
            assertThat(mempool.view().bytes()).isEqualTo(bytes).isLessThanOrEqualTo(LIMITS.maxBytes());
            List<Transaction> selection = naiveSelection(all);
            assertThat(mempool.select(Integer.MAX_VALUE)).isEqualTo(selection);
            compareQueue(all, selection);
        }

        private void comparePages(List<PooledTransaction> all) {
            int limit = 1 + random.nextInt(20);
            assertThat(Pages.all(mempool, Order.ARRIVAL, Optional.empty(), Optional.empty(), limit))
                    .isEqualTo(all.stream()
                            .sorted(Comparator.comparingLong(PooledTransaction::sequence))
                            .toList());
            assertThat(Pages.all(mempool, Order.FEE, Optional.empty(), Optional.of(true), limit))
                    .isEqualTo(all.stream().filter(PooledTransaction::isPending).toList());
            PublicKey sender = SENDERS.get(random.nextInt(SENDERS.size()));
            assertThat(Pages.all(mempool, Order.FEE, Optional.of(sender), Optional.of(false), limit))
                    .isEqualTo(ofSender(all, sender).stream()
                            .filter(entry -> !entry.isPending())
                            .toList());
        }

        /** What is told to come before a transaction is never less than what does. */
        private void compareQueue(List<PooledTransaction> all, List<Transaction> selection) {
            for (PooledTransaction entry : all) {
                int index = selection.indexOf(entry.transaction());
                if (index >= 0) {
                    BlockQueue queue = mempool.queueBefore(entry);
                    assertThat(queue.ahead()).isBetween(index, selection.size() - 1);
                } else {
                    assertThat(entry.waiting()).isPresent();
                }
            }
        }

        private Map<TransactionId, Boolean> naivePending(List<PooledTransaction> all) {
            Map<TransactionId, Boolean> pending = new HashMap<>();
            for (PublicKey sender : SENDERS) {
                Account account = chain.account(sender);
                long nonce = account.nextNonce();
                long left = account.balance().mon();
                boolean unbroken = true;
                for (PooledTransaction entry : ofSender(all, sender)) {
                    unbroken = unbroken && entry.nonce() == nonce && entry.cost() <= left;
                    pending.put(entry.transaction().id(), unbroken);
                    nonce++;
                    left -= entry.cost();
                }
            }
            return pending;
        }

        private List<Transaction> naiveSelection(List<PooledTransaction> all) {
            List<Transaction> chosen = new ArrayList<>();
            Map<PublicKey, Long> next = new HashMap<>();
            SENDERS.forEach(sender -> next.put(sender, chain.account(sender).nextNonce()));
            while (true) {
                var best = all.stream()
                        .filter(PooledTransaction::isPending)
                        .filter(entry -> next.get(entry.transaction().sender()) == entry.nonce())
                        .min(Comparator.naturalOrder());
                if (best.isEmpty()) {
                    return chosen;
                }
                chosen.add(best.get().transaction());
                next.merge(best.get().transaction().sender(), 1L, Long::sum);
            }
        }

        private static List<PooledTransaction> ofSender(List<PooledTransaction> all, PublicKey sender) {
            return all.stream()
                    .filter(entry -> entry.transaction().sender().equals(sender))
                    .sorted(Comparator.comparingLong(PooledTransaction::nonce))
                    .toList();
        }
    }
}
