/** Transfers of coins and their signed binary form. */
@NullMarked
package dev.rensa.protocol.transaction;

import org.jspecify.annotations.NullMarked;
