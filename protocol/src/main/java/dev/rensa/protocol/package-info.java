/** What a chain is: types, codec, hashing, signatures, Merkle trees and work. No Quarkus, no I/O. */
@NullMarked
package dev.rensa.protocol;

import org.jspecify.annotations.NullMarked;
