package dev.rensa.wallet.transfer;

/**
 * A line of the audit log.
 *
 * @param version the transfer's version behind this step
 * @param atMillis milliseconds since 1970-01-01 UTC
 * @param actor who took the step: {@code wallet}, or whoever asked for it
 */
public record TransferEvent(
        TransferId transfer, int version, long atMillis, TransferState state, String actor, String cause) {}
