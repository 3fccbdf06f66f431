package dev.rensa.node.chain;

/** The seed of a random test: printed, and chosen by {@code -Dseed=}. */
final class Seed {
    private Seed() {}

    static long print(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return seed;
    }
}
