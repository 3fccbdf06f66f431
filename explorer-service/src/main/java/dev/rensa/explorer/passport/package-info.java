/** What became of each transaction on each node. */
@NullMarked
package dev.rensa.explorer.passport;

import org.jspecify.annotations.NullMarked;
