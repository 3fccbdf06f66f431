/** One node without sockets, disk or clock: chain, mempool, gossip and sync wired together. */
@NullMarked
package dev.rensa.node.core;

import org.jspecify.annotations.NullMarked;
