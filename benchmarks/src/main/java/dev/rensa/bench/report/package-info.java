/** Figures, the ceiling that they stand beside, and the machine that both were measured on. */
@NullMarked
package dev.rensa.bench.report;

import org.jspecify.annotations.NullMarked;
