package dev.rensa.node.snapshot;

/** What is known of the branches that peers follow. */
public interface PeerTips {

    /** Whether no peer is believed to have a better header than we. */
    boolean areKnown();

    /** Peers whose tips lie on the best branch of headers, at this height or above. */
    long onBestBranchFrom(long height);
}
