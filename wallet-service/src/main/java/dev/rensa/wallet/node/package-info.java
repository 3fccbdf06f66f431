/** The nodes of the network, as the wallet calls them. */
@NullMarked
package dev.rensa.wallet.node;

import org.jspecify.annotations.NullMarked;
