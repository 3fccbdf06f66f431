/** Proof of work: compact targets, cumulative work and the ASERT difficulty rule. */
@NullMarked
package dev.rensa.protocol.work;

import org.jspecify.annotations.NullMarked;
