/** The canonical chain, searchable: follows the best node block by block, through reorganisations. */
@NullMarked
package dev.rensa.explorer.index;

import org.jspecify.annotations.NullMarked;
