/** The node's REST contract: one Jakarta REST interface with its records. */
@NullMarked
package dev.rensa.protocol.api;

import org.jspecify.annotations.NullMarked;
