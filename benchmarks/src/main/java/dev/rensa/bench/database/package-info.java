/** Databases that the services are measured on. */
@NullMarked
package dev.rensa.bench.database;

import org.jspecify.annotations.NullMarked;
