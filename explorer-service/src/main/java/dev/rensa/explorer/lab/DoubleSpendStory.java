package dev.rensa.explorer.lab;

import dev.rensa.explorer.lab.StoryView.Facts;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A payment that is confirmed and then gone, step by step: a block is mined for the attacker, whose coins it pays; the
 * network is split; on one side the attacker pays a merchant, on the other the same coins, with the same nonce, to another
 * account; both sides mine; the network is healed, and the side with more work decides.
 *
 * <p>While it is told, the nodes' own miners rest, so that the blocks are those of the story. However it ends, the network is
 * left whole, also when nobody takes its next step. It is guarded by its own lock; a step runs on one thread without it.
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

    /** What a step led to: facts, or why it failed. */
    private record Outcome(Facts facts, @Nullable String problem) {}

    /** How long the next step may be waited for: what is ordered for a story stands longer, so it covers the next step too. */
    static final Duration PATIENCE = Stage.STANDS.dividedBy(3).multipliedBy(2);

    private static final String MISTAKE = "The explorer made a mistake; its log holds the details.";

    private static final Logger LOG = Logger.getLogger(DoubleSpendStory.class);

    private final StoryPlan plan;
    private final StoryAccounts accounts;
    private final Stage stage;
    private final StorySteps steps;
    private final LongSupplier nanoClock;

    private State state = State.READY;
    private Step step = Step.FUND;
    private Facts facts = Facts.NONE;
    private @Nullable String problem;

    /** When its last step was done. */
    private long touchedNanos;

    /** Threads that take a step or end it: as long as there are any, the network is not left alone. */
    private int working;

    DoubleSpendStory(
            StoryPlan plan, LabOrders orders, NodeDirectory directory, StoryAccounts accounts, LongSupplier nanoClock) {
        this.plan = plan;
        this.accounts = accounts;
        this.stage = new Stage(plan, orders, directory);
        this.steps = new StorySteps(plan, orders, stage, accounts, this::wasEnded);
        this.nanoClock = nanoClock;
        this.touchedNanos = nanoClock.getAsLong();
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

    /** Whether nothing is left to be told, and nothing of it under way. */
    synchronized boolean isOver() {
        return working == 0 && state != State.READY && state != State.RUNNING;
    }

    /** Claims the next step for the caller, who must {@link #run} it; false if one runs or none is left. */
    synchronized boolean claim() {
        if (state != State.READY) {
            return false;
        }
        state = State.RUNNING;
        working++;
        return true;
    }

    /** Takes the step that was claimed. */
    void run() {
        Step taken = current();
        Outcome outcome = take(taken, known());
        // What a step did after the order to end the story must not stay either.
        boolean last = outcome.problem() != null || taken == Step.HEAL || wasEnded();
        String left = last ? clear() : null;
        synchronized (this) {
            working--;
            touchedNanos = nanoClock.getAsLong();
            if (state == State.ENDED) {
                problem = left == null ? problem : left;
                return;
            }
            facts = outcome.facts();
            problem = outcome.problem() == null ? left : outcome.problem();
            if (outcome.problem() != null) {
                state = State.FAILED;
            } else if (taken == Step.HEAL) {
                state = State.DONE;
            } else {
                step = taken.next();
                state = State.READY;
            }
        }
    }

    private Outcome take(Step taken, Facts before) {
        try {
            return new Outcome(steps.take(taken, before), null);
        } catch (StoryTroubleException e) {
            return new Outcome(before, String.valueOf(e.getMessage()));
        } catch (NodeTroubleException e) {
            return new Outcome(before, "A node did not answer: " + e.getMessage());
        } catch (NodeRefusalException e) {
            return new Outcome(before, "A node refused: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(before, "The explorer is stopping.");
        } catch (RuntimeException e) {
            // The key of a story that was ended is gone, and a step that still runs may want it.
            if (!wasEnded()) {
                LOG.error("A step of the lab's story met a mistake in the explorer", e);
            }
            return new Outcome(before, MISTAKE);
        }
    }

    /** Ends it before its end: links are healed, miners go on. A step that is under way undoes itself what it still does. */
    void end() {
        end(() -> true, null);
    }

    /** Ends it if its next step has been waited for too long. */
    void endIfLeft() {
        end(
                this::isLeft,
                "Nobody took the next step within " + PATIENCE.toMinutes()
                        + " minutes, so the story was ended: links are healed, and miners go on.");
    }

    private synchronized boolean isLeft() {
        return state == State.READY && nanoClock.getAsLong() - touchedNanos >= PATIENCE.toNanos();
    }

    private void end(BooleanSupplier condition, @Nullable String why) {
        synchronized (this) {
            if ((state != State.READY && state != State.RUNNING) || !condition.getAsBoolean()) {
                return;
            }
            state = State.ENDED;
            problem = why;
            working++;
        }
        String left = clear();
        synchronized (this) {
            working--;
            problem = left == null ? problem : left;
        }
    }

    /** What is left as it is, a sentence; null if nothing is. */
    private @Nullable String clear() {
        try {
            String left = stage.clear();
            if (left != null) {
                LOG.warnf("Behind the lab's story the network is not in order yet: %s", left);
            }
            return left;
        } catch (RuntimeException e) {
            LOG.error("The network could not be put in order behind the lab's story", e);
            return MISTAKE;
        } finally {
            accounts.close();
        }
    }

    private synchronized boolean wasEnded() {
        return state == State.ENDED;
    }

    private synchronized Step current() {
        return step;
    }

    private synchronized Facts known() {
        return facts;
    }
}
