package dev.rensa.explorer.lab;

/** A step of a story did not succeed; the message is a sentence for people. */
final class StoryTroubleException extends Exception {

    private static final long serialVersionUID = 1L;

    StoryTroubleException(String message) {
        super(message);
    }

    StoryTroubleException(String message, Throwable cause) {
        super(message, cause);
    }
}
