/** Wallets and transfers in a relational database. */
@NullMarked
package dev.rensa.wallet.store;

import org.jspecify.annotations.NullMarked;
