package dev.rensa.explorer.lab;

import dev.rensa.explorer.lab.StoryView.Facts;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView.MinedBlockView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A payment that is confirmed and then gone, step by step: a block is mined for the attacker, whose coins it pays; the
 * network is split; on one side the attacker pays a merchant, on the other the same coins, with the same nonce, to another
 * account; both sides mine; the network is healed, and the side with more work decides.
 *
 * <p>While it is told, the nodes' own miners rest, so that the blocks are those of the story. It is guarded by its own lock;
 * a step runs on one thread without it.
 */
final class DoubleSpendStory {

    enum Step {
        FUND,
        SPLIT,
        PAY,
        MINE,
        HEAL;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Step next() {
            return switch (this) {
                case FUND -> SPLIT;
                case SPLIT -> PAY;
                case PAY -> MINE;
                case MINE -> HEAL;
                case HEAL -> throw new IllegalStateException("nothing follows healing");
            };
        }
    }

    private enum State {
        READY,
        RUNNING,
        DONE,
        FAILED,
        ENDED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Cuts heal by themselves after that, should the explorer be gone. */
    private static final long CUT_SECONDS = 900;

    /** A miner that found a block meanwhile may take the place of the story's. */
    private static final int FUNDING_TRIES = 5;

    private static final Duration SPREADING = Duration.ofSeconds(15);

    /** A node looks for others every 20 s at the latest. */
    private static final Duration AGREEING = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(DoubleSpendStory.class);

    private final StoryPlan plan;
    private final LabOrders orders;
    private final NodeDirectory directory;
    private final StoryAccounts accounts;
    private final Set<NodeView> resting = new HashSet<>();

    private State state = State.READY;
    private Step step = Step.FUND;
    private Facts facts = Facts.NONE;
    private @Nullable String problem;

    DoubleSpendStory(StoryPlan plan, LabOrders orders, NodeDirectory directory, StoryAccounts accounts) {
        this.plan = plan;
        this.orders = orders;
        this.directory = directory;
        this.accounts = accounts;
    }

    synchronized StoryView view() {
        List<String> done = new ArrayList<>();
        for (Step each : Step.values()) {
            if (state == State.DONE || each.compareTo(step) < 0) {
                done.add(each.text());
            }
        }
        return new StoryView(
                state.text(),
                state == State.DONE || state == State.ENDED ? null : step.text(),
                done,
                names(plan.honest()),
                names(plan.attackers()),
                plan.confirmations(),
                plan.attackerBlocks(),
                plan.share().share(),
                plan.share().basis(),
                Odds.nakamoto(plan.share().share(), plan.confirmations()),
                Odds.rosenfeld(plan.share().share(), plan.confirmations()),
                facts,
                problem);
    }

    private static List<String> names(List<NodeView> nodes) {
        return nodes.stream().map(LabOrders::nameOf).toList();
    }

    /** Whether nothing is left to be told. */
    synchronized boolean isOver() {
        return state == State.DONE || state == State.FAILED || state == State.ENDED;
    }

    /** Claims the next step for the caller, who must {@link #run} it; false if one runs or none is left. */
    synchronized boolean claim() {
        if (state != State.READY) {
            return false;
        }
        state = State.RUNNING;
        return true;
    }

    /** Takes the step that was claimed. */
    void run() {
        take();
        if (wasEnded()) {
            // What the step did after the order to end it must not stay.
            tidy();
        }
    }

    private void take() {
        try {
            switch (current()) {
                case FUND -> fund();
                case SPLIT -> split();
                case PAY -> pay();
                case MINE -> mine();
                case HEAL -> heal();
            }
            succeeded();
        } catch (StoryTroubleException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (NodeTroubleException e) {
            fail("A node did not answer: " + e.getMessage());
        } catch (NodeRefusalException e) {
            fail("A node refused: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("The explorer is stopping.");
        } catch (RuntimeException e) {
            if (wasEnded()) {
                return;
            }
            LOG.error("A step of the lab's story met a mistake in the explorer", e);
            fail("The explorer made a mistake; its log holds the details.");
        }
    }

    /** Ends it before its end: links are healed, miners go on. */
    void end() {
        synchronized (this) {
            if (isOver()) {
                return;
            }
            state = State.ENDED;
        }
        tidy();
    }

    private synchronized boolean wasEnded() {
        return state == State.ENDED;
    }

    private synchronized Step current() {
        return step;
    }

    private synchronized void succeeded() {
        if (state != State.RUNNING) {
            return;
        }
        if (step == Step.HEAL) {
            state = State.DONE;
            accounts.close();
        } else {
            step = step.next();
            state = State.READY;
        }
    }

    private void fail(String why) {
        synchronized (this) {
            if (state != State.RUNNING) {
                return;
            }
            state = State.FAILED;
            problem = why;
        }
        tidy();
    }

    private void tidy() {
        orders.heal();
        wakeMiners();
        accounts.close();
    }

    private synchronized void learn(Facts more) {
        facts = more;
    }

    private void fund() throws StoryTroubleException, NodeTroubleException, NodeRefusalException, InterruptedException {
        restMiners();
        for (int i = 0; i < FUNDING_TRIES; i++) {
            MinedBlockView block = mineOne();
            long amount = accounts.amountAt(block.height());
            if (amount <= 0) {
                throw new StoryTroubleException(
                        "On this network a block pays nothing any more, so there are no coins to spend twice.");
            }
            if (becomesEverybodys(block)) {
                learn(facts.funded(accounts, amount, block.height()));
                return;
            }
        }
        throw new StoryTroubleException("The nodes did not agree on the block that pays the attacker: are all of them"
                + " connected, and does a miner run that this lab does not know?");
    }

    private MinedBlockView mineOne() throws NodeTroubleException, NodeRefusalException {
        return orders.node(plan.attackers().getFirst())
                .mine(new MineRequest(accounts.attackerAddress(), 1))
                .blocks()
                .getFirst();
    }

    private boolean becomesEverybodys(MinedBlockView block) throws InterruptedException, NodeTroubleException {
        return eventually(SPREADING, () -> {
            for (NodeView node : plan.everybody()) {
                if (client(node)
                        .hashAt(block.height())
                        .filter(hash -> hash.toHex().equals(block.hash()))
                        .isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    private void split() throws StoryTroubleException {
        Optional<OrderReport> failed = orders.split(plan.honest(), plan.attackers(), Optional.of(CUT_SECONDS)).stream()
                .filter(report -> !report.done())
                .findFirst();
        if (failed.isPresent()) {
            throw new StoryTroubleException("Node " + failed.get().name() + " did not cut its links: "
                    + failed.get().detail());
        }
    }

    private void pay() throws NodeTroubleException, NodeRefusalException {
        long amount = Objects.requireNonNull(facts.amount(), "funded before");
        Transaction payment = accounts.payment(amount);
        Transaction doubleSpend = accounts.doubleSpend(amount);
        client(plan.honest().getFirst()).submit(payment);
        client(plan.attackers().getFirst()).submit(doubleSpend);
        learn(facts.paid(payment.id().toHex(), doubleSpend.id().toHex()));
    }

    private void mine() throws StoryTroubleException, NodeTroubleException {
        Map<NodeView, LabOrders.Order> both = new LinkedHashMap<>();
        both.put(plan.honest().getFirst(), it -> it.mine(new MineRequest(null, plan.confirmations())));
        both.put(plan.attackers().getFirst(), it -> it.mine(new MineRequest(null, plan.attackerBlocks())));
        for (OrderReport report : orders.give(both)) {
            if (!report.done()) {
                throw new StoryTroubleException("Node " + report.name() + " did not mine: " + report.detail());
            }
        }
        learn(facts.seen(transaction(plan.honest().getFirst(), String.valueOf(facts.payment()))
                .map(TransactionView::confirmations)
                .orElse(0L)));
    }

    private void heal() throws StoryTroubleException, NodeTroubleException, InterruptedException {
        orders.heal();
        if (!eventually(AGREEING, () -> tips().size() == 1)) {
            throw new StoryTroubleException(
                    "The links are healed, but the nodes did not agree within " + AGREEING.toSeconds() + " s.");
        }
        NodeView anybody = plan.honest().getFirst();
        boolean paid = isMined(anybody, String.valueOf(facts.payment()));
        boolean stolen = isMined(anybody, String.valueOf(facts.doubleSpend()));
        if (paid == stolen) {
            throw new StoryTroubleException(
                    "The ledger holds " + (paid ? "both" : "neither") + " of the two transfers.");
        }
        learn(facts.ended(paid ? "payment" : "double-spend", tips().iterator().next()));
        wakeMiners();
    }

    private Set<String> tips() throws NodeTroubleException {
        Set<String> tips = new HashSet<>();
        for (NodeView node : plan.everybody()) {
            tips.add(client(node).status().tip());
        }
        return tips;
    }

    private boolean isMined(NodeView node, String id) throws NodeTroubleException {
        return transaction(node, id).filter(it -> it.state().equals("mined")).isPresent();
    }

    private Optional<TransactionView> transaction(NodeView node, String id) throws NodeTroubleException {
        return client(node).transaction(TransactionId.fromHex(id));
    }

    private NodeClient client(NodeView node) throws NodeTroubleException {
        return directory
                .client(node)
                .orElseThrow(() -> new NodeTroubleException("node " + LabOrders.nameOf(node) + " is gone"));
    }

    private void restMiners() {
        for (NodeView node : plan.everybody()) {
            if (node.report().map(report -> report.status().mining().running()).orElse(false)) {
                resting.add(node);
            }
        }
        orders.giveAll(resting, LabNode::stopMining);
    }

    private void wakeMiners() {
        orders.giveAll(resting, LabNode::startMining);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws NodeTroubleException;
    }

    /** Looks again and again; a node that does not answer once is asked again. */
    private boolean eventually(Duration bound, Condition condition) throws InterruptedException, NodeTroubleException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            boolean late = System.nanoTime() - deadline > 0;
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (NodeTroubleException e) {
                if (late) {
                    throw e;
                }
            }
            if (late || isOver()) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
    }
}
