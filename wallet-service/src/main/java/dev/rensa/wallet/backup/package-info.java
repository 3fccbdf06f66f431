/** Everything that a wallet is, as one encrypted file, and back. */
@NullMarked
package dev.rensa.wallet.backup;

import org.jspecify.annotations.NullMarked;
