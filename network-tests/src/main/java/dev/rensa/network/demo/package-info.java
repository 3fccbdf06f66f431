/** The story that {@code ./rensa demo} plays, each step of it checked. */
@NullMarked
package dev.rensa.network.demo;

import org.jspecify.annotations.NullMarked;
