/** Transfers: a durable state machine, one lane of nonces a sender, and what the chain says of them. */
@NullMarked
package dev.rensa.wallet.transfer;

import org.jspecify.annotations.NullMarked;
