package dev.rensa.node.api;

import dev.rensa.node.peer.NodeKey;

/**
 * What does not change while a node runs.
 *
 * @param name for people
 * @param version of the software
 * @param startedAtMillis milliseconds since 1970-01-01 UTC
 */
public record NodeFacts(NodeKey nodeKey, String name, String version, long startedAtMillis) {}
