/** (c) Whole nodes in this process over real sockets. */
@NullMarked
package dev.rensa.bench.propagation;

import org.jspecify.annotations.NullMarked;
