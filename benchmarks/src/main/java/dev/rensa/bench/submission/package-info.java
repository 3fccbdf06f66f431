/** (f) The three ways of submitting transfers. */
@NullMarked
package dev.rensa.bench.submission;

import org.jspecify.annotations.NullMarked;
