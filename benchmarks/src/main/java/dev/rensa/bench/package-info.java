/** {@code ./rensa bench}: what the network can do, each figure beside the ceiling of the machine it was measured on. */
@NullMarked
package dev.rensa.bench;

import org.jspecify.annotations.NullMarked;
