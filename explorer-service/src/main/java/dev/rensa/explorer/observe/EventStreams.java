package dev.rensa.explorer.observe;

import java.util.Optional;

/**
 * A node's events in two streams, so that a flood of transactions holds up no block.
 *
 * @param chain blocks and reorganisations
 * @param transactions absent if nobody wants them: a node to which nobody listens does not even make them
 */
public record EventStreams(EventStream chain, Optional<EventStream> transactions) {}
