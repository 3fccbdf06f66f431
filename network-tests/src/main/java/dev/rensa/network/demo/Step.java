package dev.rensa.network.demo;

/** One step of a story: what is about to happen, and the happening, which fails if it does not hold. */
record Step(String title, Runnable play) {}
