/** The nodes' views merged: one tree of recent blocks, and whether the nodes agree on its tip. */
@NullMarked
package dev.rensa.explorer.tree;

import org.jspecify.annotations.NullMarked;
