package dev.rensa.node.chain;

/** How far a block has been judged. On disk a state is its ordinal: append, never reorder. */
public enum BlockState {
    /** The header is valid; the body is not here. */
    HEADER_ONLY,
    /** The body is stored; its transactions were not yet applied. */
    BODY_STORED,
    /** It was connected to the canonical chain at least once, so every rule held. */
    CONNECTED,
    /** It breaks a rule, or an ancestor does. */
    INVALID
}
