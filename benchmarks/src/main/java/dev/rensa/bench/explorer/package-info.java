/** The explorer: how fast it indexes, answers and tells what happens. */
@NullMarked
package dev.rensa.bench.explorer;

import org.jspecify.annotations.NullMarked;
