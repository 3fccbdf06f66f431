/** Measurements of a network of processes, each beside the ceiling of the machine it ran on. */
@NullMarked
package dev.rensa.network.bench;

import org.jspecify.annotations.NullMarked;
