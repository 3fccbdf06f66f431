package dev.rensa.node.simulation;

import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Plays a story with many seeds. {@code -Dseed=} plays one only, as a failure's message tells; {@code -Dsimulation.seeds=}
 * says how many there are, {@code -Dsimulation.trace=true} prints everything that happens.
 */
final class Seeds {

    private static final int COUNT = Integer.getInteger("simulation.seeds", 12);

    private Seeds() {}

    /** The seed that was asked for, or a new one. */
    static long first() {
        return Long.getLong("seed", System.nanoTime());
    }

    static void play(BiConsumer<World, Random> story) {
        long first = first();
        int count = Long.getLong("seed") == null ? COUNT : 1;
        System.out.println("seeds " + first + " to " + (first + count - 1));
        for (long seed = first; seed < first + count; seed++) {
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
    }
}
