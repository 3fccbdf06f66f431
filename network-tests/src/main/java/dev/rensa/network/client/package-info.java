/** The services' REST interfaces, called from outside. */
@NullMarked
package dev.rensa.network.client;

import org.jspecify.annotations.NullMarked;
