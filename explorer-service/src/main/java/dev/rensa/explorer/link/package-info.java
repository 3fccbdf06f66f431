/** Who is connected to whom, as the nodes themselves say. */
@NullMarked
package dev.rensa.explorer.link;

import org.jspecify.annotations.NullMarked;
