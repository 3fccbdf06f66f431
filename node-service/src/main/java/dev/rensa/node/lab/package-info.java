/** The lab: faults that an operator orders on a node's own links, to see what a network makes of them. */
@NullMarked
package dev.rensa.node.lab;

import org.jspecify.annotations.NullMarked;
