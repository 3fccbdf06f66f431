/** Amounts of mon, exact and overflow-checked. */
@NullMarked
package dev.rensa.protocol.money;

import org.jspecify.annotations.NullMarked;
