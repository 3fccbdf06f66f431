/** Wires the rooms: configuration, lifecycle, schedules, health, metrics. */
@NullMarked
package dev.rensa.explorer.app;

import org.jspecify.annotations.NullMarked;
