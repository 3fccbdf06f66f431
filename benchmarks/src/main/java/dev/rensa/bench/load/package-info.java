/** Signed transfers, and feeding them to nodes. */
@NullMarked
package dev.rensa.bench.load;

import org.jspecify.annotations.NullMarked;
