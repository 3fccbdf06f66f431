/** Block templates and the search for a nonce. */
@NullMarked
package dev.rensa.node.mining;

import org.jspecify.annotations.NullMarked;
