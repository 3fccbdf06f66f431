package dev.rensa.node.chain;

/** Hears how far an audit has come. */
@FunctionalInterface
public interface AuditProgress {

    /**
     * One more was looked at.
     *
     * @param step what is looked at, in the plural: {@code headers}
     * @param done how many were, from 1
     * @param expected how many there are about; 0 if nobody knows
     */
    void at(String step, long done, long expected);
}
