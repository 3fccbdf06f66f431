/** The ledger of one node: header tree, validation, fork choice, accounts, undo. */
@NullMarked
package dev.rensa.node.chain;

import org.jspecify.annotations.NullMarked;
