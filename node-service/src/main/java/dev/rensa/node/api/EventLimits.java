package dev.rensa.node.api;

/**
 * Bounds of the event stream, all of them settings.
 *
 * @param maxClients most streams at once
 * @param bufferEvents most events that are kept for clients that lag or come back
 * @param bufferBytes most characters of JSON that are kept
 * @param resumeMillis for how long events are kept of a type that nobody listens to any more
 * @param keepAliveMillis a stream that is silent for this long gets a comment; one that takes nothing for this long is cut
 */
public record EventLimits(
        int maxClients, int bufferEvents, long bufferBytes, long resumeMillis, long keepAliveMillis) {}
