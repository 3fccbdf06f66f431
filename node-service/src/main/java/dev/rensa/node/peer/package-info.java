/** The binary peer protocol: messages, frames, handshake, connections. */
@NullMarked
package dev.rensa.node.peer;

import org.jspecify.annotations.NullMarked;
