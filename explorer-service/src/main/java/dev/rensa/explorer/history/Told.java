package dev.rensa.explorer.history;

/**
 * An event as it was told to whoever listened.
 *
 * @param number rises with the time of telling; 0 before it is kept
 * @param timeMillis when it was told, milliseconds since 1970-01-01 UTC
 * @param name of the event's kind
 * @param json what it says
 */
public record Told(long number, long timeMillis, String name, String json) {

    /** Name of the rows that say where every node stood; nobody is told of those. */
    public static final String KEYFRAME = "heads";
}
