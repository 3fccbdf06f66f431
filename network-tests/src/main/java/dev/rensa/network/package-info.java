/** The services together, as processes. */
@NullMarked
package dev.rensa.network;

import org.jspecify.annotations.NullMarked;
