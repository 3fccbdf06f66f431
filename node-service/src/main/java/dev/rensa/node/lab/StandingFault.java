package dev.rensa.node.lab;

import java.util.OptionalLong;

/**
 * A fault that was ordered and not healed yet.
 *
 * @param untilMillis when it heals by itself, since 1970-01-01 UTC; empty if only an order heals it
 */
public record StandingFault(LinkFault fault, OptionalLong untilMillis) {}
