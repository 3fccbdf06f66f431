package dev.rensa.network.demo;

/** A step of the story did not hold; the message says what was seen instead. */
public final class StoryBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoryBrokenException(String seen) {
        super(seen);
    }

    StoryBrokenException(String seen, Throwable cause) {
        super(seen, cause);
    }
}
