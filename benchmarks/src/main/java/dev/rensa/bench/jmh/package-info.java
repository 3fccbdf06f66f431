/** JMH: what single steps cost, apart from sockets and disk. Run by {@code ./rensa bench jmh}. */
@NullMarked
package dev.rensa.bench.jmh;

import org.jspecify.annotations.NullMarked;
