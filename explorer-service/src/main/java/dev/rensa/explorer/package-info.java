/** One merged view over every node's own view of the chain. */
@NullMarked
package dev.rensa.explorer;

import org.jspecify.annotations.NullMarked;
