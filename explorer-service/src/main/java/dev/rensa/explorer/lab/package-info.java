/** The lab: orders to many nodes at once to break and mend their links, and what attackers' odds are. */
@NullMarked
package dev.rensa.explorer.lab;

import org.jspecify.annotations.NullMarked;
