/** The services as processes of this machine, started and stopped by {@code ./rensa}. */
@NullMarked
package dev.rensa.network.process;

import org.jspecify.annotations.NullMarked;
