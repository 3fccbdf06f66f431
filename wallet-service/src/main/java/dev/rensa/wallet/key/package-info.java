/** Mnemonics, derived keys, and how secrets rest. */
@NullMarked
package dev.rensa.wallet.key;

import org.jspecify.annotations.NullMarked;
