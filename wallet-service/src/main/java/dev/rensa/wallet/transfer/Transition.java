package dev.rensa.wallet.transfer;

/**
 * A step to be recorded: the transfer behind it, and what caused it.
 *
 * @param cause a sentence for the audit log, without secrets
 */
public record Transition(Transfer after, String cause) {}
