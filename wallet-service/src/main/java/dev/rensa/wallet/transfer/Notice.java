package dev.rensa.wallet.transfer;

/** A step as it is told to whoever listens: the same whenever it is read. */
public sealed interface Notice permits TransferNotice, ReceivedNotice {

    /** Its place among all steps, from 1. */
    long sequence();

    NoticeType type();

    /** When it was taken, in milliseconds since 1970-01-01 UTC. */
    long atMillis();

    /**
     * Names it: no other step ever has this name. With the time, because a wallet that was restored goes on with versions
     * that its former self used for other steps.
     */
    String name();
}
