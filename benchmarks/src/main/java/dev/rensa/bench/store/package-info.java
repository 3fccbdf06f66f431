/** Ledgers that are generated in this process, and (d) what a node costs as they grow. */
@NullMarked
package dev.rensa.bench.store;

import org.jspecify.annotations.NullMarked;
