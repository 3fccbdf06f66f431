/** The node's REST resources and event stream. */
@NullMarked
package dev.rensa.node.api;

import org.jspecify.annotations.NullMarked;
