/** (a) Confirmed transfers a second, and what became of each of them. */
@NullMarked
package dev.rensa.bench.confirm;

import org.jspecify.annotations.NullMarked;
