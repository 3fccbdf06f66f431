package dev.rensa.node.app;

import io.quarkus.runtime.PreventFurtherStepsException;

/** The node cannot start, for a reason that its operator can mend. */
final class CannotStart {

    private CannotStart() {}

    /** An exception that ends the process with status 1; the sentence is what the operator reads, without a stack trace. */
    static PreventFurtherStepsException because(String sentence) {
        return new PreventFurtherStepsException(sentence, 1);
    }
}
