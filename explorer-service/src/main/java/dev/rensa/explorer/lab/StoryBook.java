package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.protocol.genesis.Genesis;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The story that is being told, one at a time. Safe for use by several threads. */
public final class StoryBook {

    private final LabOrders orders;
    private final NodeDirectory directory;
    private final ExecutorService executor;
    private @Nullable DoubleSpendStory story;

    public StoryBook(LabOrders orders, NodeDirectory directory, ExecutorService executor) {
        this.orders = orders;
        this.directory = directory;
        this.executor = executor;
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
        story = new DoubleSpendStory(plan, orders, directory, new StoryAccounts(genesis));
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
        DoubleSpendStory present;
        synchronized (this) {
            present = story;
        }
        if (present != null) {
            present.end();
        }
    }
}
