package dev.rensa.node.snapshot;

/** What is known of the branches that peers follow. */
@FunctionalInterface
public interface PeerTips {

    /** Whether no peer is believed to have a better header than we. */
    boolean areKnown();
}
