/** A network of services as processes of this machine: starting, killing and asking them, for tests and benchmarks. */
@NullMarked
package dev.rensa.network.cluster;

import org.jspecify.annotations.NullMarked;
