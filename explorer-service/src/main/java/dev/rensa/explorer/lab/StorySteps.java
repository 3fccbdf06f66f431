package dev.rensa.explorer.lab;

import dev.rensa.explorer.lab.StoryView.Facts;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView.MinedBlockView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What happens in each step of the story. One step is taken at a time. */
final class StorySteps {

    /** A miner that found a block meanwhile may take the place of the story's. */
    private static final int FUNDING_TRIES = 5;

    private static final Duration SPREADING = Duration.ofSeconds(15);

    /** A node looks for others every 20 s at the latest. */
    private static final Duration AGREEING = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final StoryPlan plan;
    private final LabOrders orders;
    private final Stage stage;
    private final StoryAccounts accounts;
    private final BooleanSupplier ended;

    /**
     * The steps of one story.
     *
     * @param ended whether it was ended meanwhile, so that nothing is worth waiting for
     */
    StorySteps(StoryPlan plan, LabOrders orders, Stage stage, StoryAccounts accounts, BooleanSupplier ended) {
        this.plan = plan;
        this.orders = orders;
        this.stage = stage;
        this.accounts = accounts;
        this.ended = ended;
    }

    /** Takes a step; returns what is known behind it. */
    Facts take(DoubleSpendStory.Step step, Facts facts)
            throws StoryTroubleException, NodeTroubleException, NodeRefusalException, InterruptedException {
        if (step == DoubleSpendStory.Step.HEAL) {
            return heal(facts);
        }
        // Each step may come minutes behind the one before, and what was ordered then stands for a time.
        stage.restMiners();
        if (step == DoubleSpendStory.Step.FUND) {
            return fund(facts);
        }
        stage.cut();
        return switch (step) {
            case PAY -> pay(facts);
            case MINE -> mine(facts);
            default -> facts;
        };
    }

    private Facts fund(Facts facts)
            throws StoryTroubleException, NodeTroubleException, NodeRefusalException, InterruptedException {
        for (int i = 0; i < FUNDING_TRIES; i++) {
            MinedBlockView block = mineOne();
            long amount = accounts.amountAt(block.height());
            if (amount <= 0) {
                throw new StoryTroubleException(
                        "On this network a block pays nothing any more, so there are no coins to spend twice.");
            }
            if (becomesEverybodys(block)) {
                return facts.funded(accounts, amount, block.height());
            }
        }
        throw new StoryTroubleException("The nodes did not agree on the block that pays the attacker: are all of them"
                + " connected, and does a miner run that this lab does not know?");
    }

    private MinedBlockView mineOne() throws NodeTroubleException, NodeRefusalException {
        NodeView attacker = plan.attackers().getFirst();
        List<MinedBlockView> blocks = orders.node(attacker)
                .mine(new MineRequest(accounts.attackerAddress(), 1))
                .blocks();
        if (blocks == null || blocks.isEmpty()) {
            throw new NodeTroubleException("node " + LabOrders.nameOf(attacker) + " says that it mined no block");
        }
        return blocks.getFirst();
    }

    private boolean becomesEverybodys(MinedBlockView block) throws InterruptedException, NodeTroubleException {
        return eventually(SPREADING, () -> {
            for (NodeView node : plan.everybody()) {
                if (stage.client(node)
                        .hashAt(block.height())
                        .filter(hash -> hash.toHex().equals(block.hash()))
                        .isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    private Facts pay(Facts facts) throws NodeTroubleException, NodeRefusalException {
        long amount = Objects.requireNonNull(facts.amount(), "funded before");
        Transaction payment = accounts.payment(amount);
        Transaction doubleSpend = accounts.doubleSpend(amount);
        stage.client(plan.honest().getFirst()).submit(payment);
        stage.client(plan.attackers().getFirst()).submit(doubleSpend);
        return facts.paid(payment.id().toHex(), doubleSpend.id().toHex());
    }

    private Facts mine(Facts facts) throws StoryTroubleException, NodeTroubleException {
        Map<NodeView, LabOrders.Order> both = new LinkedHashMap<>();
        both.put(plan.honest().getFirst(), it -> it.mine(new MineRequest(null, plan.confirmations())));
        both.put(plan.attackers().getFirst(), it -> it.mine(new MineRequest(null, plan.attackerBlocks())));
        for (OrderReport report : orders.give(both)) {
            if (!report.done()) {
                throw new StoryTroubleException("Node " + report.name() + " did not mine: " + report.detail());
            }
        }
        return facts.seen(transaction(plan.honest().getFirst(), String.valueOf(facts.payment()))
                .map(TransactionView::confirmations)
                .orElse(0L));
    }

    private Facts heal(Facts facts) throws StoryTroubleException, NodeTroubleException, InterruptedException {
        stage.heal();
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
        return facts.ended(paid ? "payment" : "double-spend", tips().iterator().next());
    }

    private Set<String> tips() throws NodeTroubleException {
        Set<String> tips = new HashSet<>();
        for (NodeView node : plan.everybody()) {
            tips.add(stage.client(node).status().tip());
        }
        return tips;
    }

    private boolean isMined(NodeView node, String id) throws NodeTroubleException {
        return transaction(node, id).filter(it -> it.state().equals("mined")).isPresent();
    }

    private Optional<TransactionView> transaction(NodeView node, String id) throws NodeTroubleException {
        return stage.client(node).transaction(TransactionId.fromHex(id));
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
            if (late || ended.getAsBoolean()) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
    }
}
