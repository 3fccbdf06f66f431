/** One node of a Rensa network. */
@NullMarked
package dev.rensa.node;

import org.jspecify.annotations.NullMarked;
