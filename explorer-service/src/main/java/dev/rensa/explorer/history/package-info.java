/** What was seen and when, kept over restarts and for a while. */
@NullMarked
package dev.rensa.explorer.history;

import org.jspecify.annotations.NullMarked;
