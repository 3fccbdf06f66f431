/** The rules and first allocations of one network, and the hash that commits to them. */
@NullMarked
package dev.rensa.protocol.genesis;

import org.jspecify.annotations.NullMarked;
