package dev.rensa.node.chain;

/** The tables of the chain's storage. On disk a table goes by {@link #label}: add, never rename. */
public enum Column {
    /** Block hash → header, cumulative work, state. */
    HEADERS("headers"),
    /** Parent hash ‖ child hash → nothing. Lets a judgement travel to a block's descendants. */
    CHILDREN("children"),
    /** Height → block hash on the branch of the best header. */
    BEST_HEADERS("best-headers"),
    /** Hash of a header without valid children → nothing. */
    TIPS("tips"),
    /** Block hash → transactions. */
    BODIES("bodies"),
    /** Height → block hash on the canonical chain. */
    CANONICAL("canonical"),
    /** Transaction id → height and index on the canonical chain. */
    POSITIONS("positions"),
    /** Public key → balance and next nonce at the head. */
    ACCOUNTS("accounts"),
    /** Canonical block hash → the accounts it changed, as they stood before it. */
    UNDO("undo"),
    /** Bucket → Merkle root over its accounts; an empty value marks one that changed since. */
    BUCKETS("buckets"),
    /** Hash of a block at a multiple of the checkpoint interval → root over all accounts behind it. */
    STATE_ROOTS("state-roots"),
    /** Hash of an invalid block → the rule it breaks. */
    REJECTIONS("rejections"),
    /** Single values: network, head, best header. */
    META("meta");

    private final String label;

    Column(String label) {
        this.label = label;
    }

    /** Name on disk. */
    public String label() {
        return label;
    }
}
