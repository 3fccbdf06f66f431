/** The commitment to all accounts (docs/protocol.md §6), and proofs of single accounts against it. */
@NullMarked
package dev.rensa.protocol.state;

import org.jspecify.annotations.NullMarked;
