package dev.rensa.network.fault;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady stream of transfers into a network whose nodes come and go: every small batch goes to each node that runs, and
 * what no node has mined is offered again, as a careful sender would.
 */
final class TransferLoad implements AutoCloseable {

    private static final int BATCH = 8;
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration PROGRESS_BOUND = Duration.ofSeconds(30);
    private static final Duration MINED_BOUND = Duration.ofSeconds(90);

    /** Transfers that may be offered again; beyond them the oldest have long been mined. */
    private static final int REMEMBERED = 4_000;

    private final LocalNetwork network;
    private final BlockHash networkHash;
    private final String prefix;
    private final List<FundedAccount> accounts;
    private final Thread thread = Thread.ofPlatform().name("load").daemon().unstarted(this::run);
    private final AtomicLong sent = new AtomicLong();
    private final Deque<Transaction> recent = new ArrayDeque<>();
    private volatile boolean running = true;

    TransferLoad(LocalNetwork network, Genesis genesis, List<FundedAccount> accounts) {
        this.network = network;
        this.networkHash = genesis.networkHash();
        this.prefix = genesis.addressPrefix();
        this.accounts = accounts;
    }

    void start() {
        thread.start();
    }

    /** Transfers that at least one node has taken. */
    long accepted() {
        return sent.get();
    }

    /** Waits until so many more transfers were taken. */
    void awaitFurther(int transfers) {
        long goal = sent.get() + transfers;
        Await.until(transfers + " more transfers", PROGRESS_BOUND, network::summary, () -> sent.get() >= goal);
    }

    /** Offers what may have been lost with a killed node again until every transfer is mined, each exactly once. */
    void assertAllMined(LocalNode node) {
        long perAccount = sent.get() / accounts.size();
        Await.until(
                "all " + sent.get() + " transfers are mined",
                MINED_BOUND,
                () -> nonces(node).toString(),
                () -> {
                    offer(List.copyOf(recent));
                    return nonces(node).stream().allMatch(nonce -> nonce == perAccount);
                });
    }

    private List<Long> nonces(LocalNode node) {
        return accounts.stream()
                .map(account -> node.client().account(new Address(prefix, account.publicKey()).toString()))
                .map(AccountView::nextNonce)
                .toList();
    }

    private void run() {
        while (running) {
            List<Transaction> batch = sign();
            while (running && !offer(batch)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            sent.addAndGet(batch.size());
            if (sent.get() % (50L * BATCH) == 0) {
                offer(List.copyOf(recent));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** One transfer of each account, to its neighbour. */
    private List<Transaction> sign() {
        List<Transaction> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(accounts.get(i)
                    .transfer(networkHash, accounts.get((i + 1) % BATCH).publicKey(), Amount.ofMon(1), Amount.ZERO));
        }
        recent.addAll(batch);
        while (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        return batch;
    }

    /** Whether at least one node answered. */
    private boolean offer(List<Transaction> transactions) {
        boolean taken = false;
        for (LocalNode node : network.running()) {
            try {
                node.client().submit(transactions);
                taken = true;
            } catch (UncheckedIOException | IllegalStateException e) {
                // It was killed this moment, or does not serve yet; the others have it.
            }
        }
        return taken;
    }

    @Override
    public void close() {
        stop();
    }

    /** Sends nothing more; what is under way has been answered when this returns. */
    void stop() {
        running = false;
        try {
            thread.join(PROGRESS_BOUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
