/** Catching up: headers first, then bodies. */
@NullMarked
package dev.rensa.node.sync;

import org.jspecify.annotations.NullMarked;
