package dev.rensa.explorer.tree;

/** Who is told what happens to the tree; called on the followers' threads, and must not wait. */
public interface TreeListener {

    /** One that nobody listens with. */
    TreeListener NONE = new TreeListener() {};

    /** A watched node took a block for its tip that none had before. */
    default void blockSeen(TreeBlock block) {}

    /** A watched node took a block for its tip; told once for each of them, and behind {@link #blockSeen} for the first. */
    default void blockArrived(TreeBlock block, String nodeKey, long millis) {}

    /** The nodes agree, lag or are split now, and were not so before; or they are split along another line. */
    default void agreementChanged(Agreement agreement) {}
}
