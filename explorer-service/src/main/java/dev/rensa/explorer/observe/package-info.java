/** Follows every node of the network and keeps each one's own view. */
@NullMarked
package dev.rensa.explorer.observe;

import org.jspecify.annotations.NullMarked;
