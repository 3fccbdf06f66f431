/** What came in: payments and mining rewards to the accounts of this wallet, by the blocks that hold them. */
@NullMarked
package dev.rensa.wallet.received;

import org.jspecify.annotations.NullMarked;
