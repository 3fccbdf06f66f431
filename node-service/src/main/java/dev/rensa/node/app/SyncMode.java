package dev.rensa.node.app;

/** How an empty data directory is filled. */
public enum SyncMode {
    /** With every block from block 0. */
    FULL,
    /** With the accounts at a recent checkpoint. */
    SNAPSHOT
}
