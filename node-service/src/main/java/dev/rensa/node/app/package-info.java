/** The running service: configuration, lifecycle, threads, health, metrics. */
@NullMarked
package dev.rensa.node.app;

import org.jspecify.annotations.NullMarked;
