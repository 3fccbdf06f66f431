package dev.rensa.node.gossip;

/** Counts what travels between nodes. Called on the writer thread; it must return at once. */
public interface RelayListener {

    /** What happened to transactions on links. */
    enum TransactionEvent {
        /** Told to a peer. */
        ANNOUNCED,
        /** Asked of a peer. */
        REQUESTED,
        /** Came from a peer and was new. */
        RECEIVED,
        /** Came from a peer and was here already. */
        DUPLICATE,
        /** Given to a peer. */
        SENT
    }

    /** How a block that came in compact form was completed. */
    enum CompactOutcome {
        /** From what was here alone. */
        REBUILT,
        /** With a second round trip for what was missing. */
        ASKED,
        /** Not: the whole body is fetched. */
        WHOLE
    }

    /** The same thing happened to so many transactions. */
    default void transactionsRelayed(TransactionEvent event, int count) {}

    /** A compact block was dealt with; told once a block that came in this form. */
    default void compactBlockEnded(CompactOutcome outcome) {}

    /**
     * A block of another node joined the canonical chain.
     *
     * @param millis since a peer first told of it
     */
    default void blockPropagated(long millis) {}
}
