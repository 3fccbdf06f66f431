package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.Problem;

/** A node refused what it was given, and said why. */
public final class NodeRefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** No stack trace: anybody can send what is refused. */
    public NodeRefusalException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** The node's own words, with its reason code. */
    public Problem problem() {
        return problem;
    }
}
