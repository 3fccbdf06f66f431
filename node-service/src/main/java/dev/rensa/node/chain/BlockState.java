package dev.rensa.node.chain;

/** How far a block has been judged. On disk a state is its {@link #number()}: append, never reuse. */
public enum BlockState {
    /** The header is valid; the body is not here. */
    HEADER_ONLY(0),
    /** The body is stored; its transactions were not yet applied. */
    BODY_STORED(1),
    /** It was connected to the canonical chain at least once, so every rule held. */
    CONNECTED(2),
    /** It breaks a rule, or an ancestor does. */
    INVALID(3);

    private final int number;

    BlockState(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static BlockState ofNumber(int number) {
        for (BlockState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        throw new IllegalArgumentException("no block state has the number " + number);
    }
}
