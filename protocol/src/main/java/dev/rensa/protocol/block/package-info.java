/** Block headers and blocks. */
@NullMarked
package dev.rensa.protocol.block;

import org.jspecify.annotations.NullMarked;
