/** Transactions that wait to be mined, by sender and nonce. */
@NullMarked
package dev.rensa.node.mempool;

import org.jspecify.annotations.NullMarked;
