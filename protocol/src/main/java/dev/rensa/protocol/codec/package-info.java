/** Reading and writing the canonical binary form: big-endian, fixed layouts, every size checked before it is allocated. */
@NullMarked
package dev.rensa.protocol.codec;

import org.jspecify.annotations.NullMarked;
