package dev.rensa.node.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Background work that is done when a test says so. */
public final class LateWork implements BackgroundWork {
    private final Deque<Runnable> asked = new ArrayDeque<>();

    @Override
    public <T> void compute(Supplier<T> work, Consumer<T> whenDone) {
        asked.add(() -> whenDone.accept(work.get()));
    }

    /** Does all that was asked for, also what comes of it. */
    public void doAll() {
        while (!asked.isEmpty()) {
            asked.remove().run();
        }
    }
}
