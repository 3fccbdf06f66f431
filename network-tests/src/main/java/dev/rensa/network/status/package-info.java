/** What {@code ./rensa status} says about the ledger. */
@NullMarked
package dev.rensa.network.status;

import org.jspecify.annotations.NullMarked;
