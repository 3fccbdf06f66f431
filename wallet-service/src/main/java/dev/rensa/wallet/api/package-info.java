/** What the wallet answers over HTTP. */
@NullMarked
package dev.rensa.wallet.api;

import org.jspecify.annotations.NullMarked;
