package dev.rensa.wallet.node;

import java.util.Locale;

/** What the wallet makes of a node. */
public enum NodeState {
    /** Requests go to it. */
    IN_USE,
    /** It is on the chain with the most work, but many blocks behind. */
    LAGGING,
    /** It follows another chain than the one with the most work, and not only for its last blocks. */
    OTHER_BRANCH,
    /** It is of another network, or of one that this wallet refuses. */
    OTHER_NETWORK,
    /** The same node answers at another address already. */
    SAME_NODE,
    /** It does not answer, or not with anything of use. */
    UNREACHABLE;

    /** The name in API and metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
