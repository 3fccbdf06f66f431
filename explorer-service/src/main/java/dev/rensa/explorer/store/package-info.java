/** The index in SQL. */
@NullMarked
package dev.rensa.explorer.store;

import org.jspecify.annotations.NullMarked;
