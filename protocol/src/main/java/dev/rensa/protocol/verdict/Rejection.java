package dev.rensa.protocol.verdict;

/**
 * A reason with a sentence for people: what was wrong, which limit or setting it met, what to do.
 *
 * @param reason the shared code
 * @param detail one or two sentences, without secrets
 */
public record Rejection(RejectionReason reason, String detail) {

    @Override
    public String toString() {
        return reason.code() + ": " + detail;
    }
}
