/** Addresses: the BIP-350 (bech32m) form of a public key. */
@NullMarked
package dev.rensa.protocol.address;

import org.jspecify.annotations.NullMarked;
