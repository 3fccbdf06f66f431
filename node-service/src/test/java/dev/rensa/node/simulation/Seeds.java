package dev.rensa.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Plays a story with many seeds, as many at once as there are cores; each world has one thread. {@code -Dseed=} plays one
 * only, as a failure's message tells; {@code -Dsimulation.seeds=} says how many there are (the profile {@code nightly}: 10,000),
 * {@code -Dsimulation.trace=true} prints everything that happens.
 */
final class Seeds {

    private static final int COUNT = Integer.getInteger("simulation.seeds", 14);

    private Seeds() {}

    /** The seed that was asked for, or a new one. */
    static long first() {
        return Long.getLong("seed", System.nanoTime());
    }

    static void play(BiConsumer<World, Random> story) {
        long first = first();
        int count = Long.getLong("seed") == null ? COUNT : 1;
        System.out.println("seeds " + first + " to " + (first + count - 1));
        AtomicLong next = new AtomicLong(first);
        int players = Math.min(count, Runtime.getRuntime().availableProcessors());
        try (ExecutorService executor = Executors.newFixedThreadPool(players)) {
            List<Future<Void>> played = new ArrayList<>();
            for (int player = 0; player < players; player++) {
                played.add(executor.submit(playAll(story, next, first + count)));
            }
            played.forEach(Seeds::join);
        }
    }

    /** Takes one seed after the other. A failure lets nobody begin another. */
    private static Callable<Void> playAll(BiConsumer<World, Random> story, AtomicLong next, long end) {
        return () -> {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                try {
                    playOne(story, seed);
                } catch (AssertionError e) {
                    next.set(end);
                    throw e;
                }
            }
            return null;
        };
    }

    private static void playOne(BiConsumer<World, Random> story, long seed) {
        World world = new World(seed);
        try {
            story.accept(world, new Random(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "replay with -Dseed=" + seed + ": " + e.getMessage() + "\n"
                            + world.trace().tail(),
                    e);
        }
    }

    private static void join(Future<Void> played) {
        try {
            played.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
