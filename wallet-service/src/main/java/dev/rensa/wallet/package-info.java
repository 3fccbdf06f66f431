/** Keys and transfers. */
@NullMarked
package dev.rensa.wallet;

import org.jspecify.annotations.NullMarked;
