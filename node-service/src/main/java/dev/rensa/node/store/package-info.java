/** The chain's storage on disk, in RocksDB. */
@NullMarked
package dev.rensa.node.store;

import org.jspecify.annotations.NullMarked;
