/** Where other nodes may be: probing, DNS, static lists, and why a candidate is not a peer. */
@NullMarked
package dev.rensa.node.discovery;

import org.jspecify.annotations.NullMarked;
