/** RFC 6962 Merkle trees and their inclusion proofs. */
@NullMarked
package dev.rensa.protocol.merkle;

import org.jspecify.annotations.NullMarked;
