package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.protocol.genesis.Genesis;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The story that is being told, one at a time. Safe for use by several threads. */
public final class StoryBook {

    private final LabOrders orders;
    private final NodeDirectory directory;
    private final ExecutorService executor;
    private final LongSupplier nanoClock;
    private @Nullable DoubleSpendStory story;

    /**
     * A book without a story.
     *
     * @param executor runs each step; it should give every one a (virtual) thread
     * @param nanoClock measures how long a next step is waited for
     */
    public StoryBook(LabOrders orders, NodeDirectory directory, ExecutorService executor, LongSupplier nanoClock) {
        this.orders = orders;
        this.directory = directory;
        this.executor = executor;
        this.nanoClock = nanoClock;
    }

    /** The last story; empty before the first. */
    public synchronized Optional<StoryView> view() {
        return Optional.ofNullable(story).map(DoubleSpendStory::view);
    }

    /** Begins a story; nothing happens before its first step. False if another one is not over. */
    public synchronized boolean begin(StoryPlan plan, Genesis genesis) {
        if (story != null && !story.isOver()) {
            return false;
        }
        story = new DoubleSpendStory(plan, orders, directory, new StoryAccounts(genesis), nanoClock);
        return true;
    }

    /** Takes the next step, beside the caller. False if there is no story, a step is under way, or none is left. */
    public synchronized boolean next() {
        DoubleSpendStory present = story;
        if (present == null || !present.claim()) {
            return false;
        }
        executor.execute(present::run);
        return true;
    }

    /** Ends the story, heals the links and lets the miners go on. Harmless if there is none. */
    public void end() {
        withStory(DoubleSpendStory::end);
    }

    /** Ends it if nobody takes its next step; to be called every few seconds. */
    public void endIfLeft() {
        withStory(DoubleSpendStory::endIfLeft);
    }

    private void withStory(Consumer<DoubleSpendStory> order) {
        DoubleSpendStory present;
        synchronized (this) {
            present = story;
        }
        if (present != null) {
            order.accept(present);
        }
    }
}
