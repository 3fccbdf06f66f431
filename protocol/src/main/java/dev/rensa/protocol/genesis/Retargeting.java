package dev.rensa.protocol.genesis;

/** How the target follows the hash power. On the wire a rule is its {@link #number()}. */
public enum Retargeting {
    /** The initial target for ever: for networks on which blocks are mined by hand and in bursts. */
    NONE(0),
    /** ASERT towards the spacing, with the half-life of the genesis. */
    ASERT(1);

    private final int number;

    Retargeting(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
