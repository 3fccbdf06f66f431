/** (e) How long a node takes to start. */
@NullMarked
package dev.rensa.bench.start;

import org.jspecify.annotations.NullMarked;
