/** What programs ask: JSON after the Esplora conventions, errors as problem documents. */
@NullMarked
package dev.rensa.explorer.api;

import org.jspecify.annotations.NullMarked;
