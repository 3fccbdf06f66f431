/** (b) Catching up from nothing. */
@NullMarked
package dev.rensa.bench.sync;

import org.jspecify.annotations.NullMarked;
