/** Tells others of transfers: signed requests, repeated until they are taken or given up. */
@NullMarked
package dev.rensa.wallet.webhook;

import org.jspecify.annotations.NullMarked;
