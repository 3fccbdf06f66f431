package dev.rensa.explorer.tree;

/** Who is told what happens to the tree; called on the followers' threads, and must not wait. */
public interface TreeListener {

    /** One that nobody listens with. */
    TreeListener NONE = new TreeListener() {};

    /** A watched node took a block for its tip that none had before. */
    default void blockSeen(TreeBlock block) {}

    /** The nodes agree, lag or are split now, and were not so before. */
    default void agreementChanged(Agreement agreement) {}
}
