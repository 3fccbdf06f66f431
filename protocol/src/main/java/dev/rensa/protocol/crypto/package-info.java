/** Hashes, keys and BIP-340 signatures. */
@NullMarked
package dev.rensa.protocol.crypto;

import org.jspecify.annotations.NullMarked;
