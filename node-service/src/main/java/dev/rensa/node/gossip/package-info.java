/** Relaying transactions and blocks to peers, each once. */
@NullMarked
package dev.rensa.node.gossip;

import org.jspecify.annotations.NullMarked;
