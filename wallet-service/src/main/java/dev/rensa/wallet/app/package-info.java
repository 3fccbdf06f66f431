/** Puts the wallet together: configuration, lifecycle, schedules, health, metrics. */
@NullMarked
package dev.rensa.wallet.app;

import org.jspecify.annotations.NullMarked;
