/** Starting from the accounts at a checkpoint instead of block 0, and giving such states to others. */
@NullMarked
package dev.rensa.node.snapshot;

import org.jspecify.annotations.NullMarked;
