package dev.rensa.wallet.transfer;

/**
 * The answer to a request.
 *
 * @param replayed whether the same request was accepted before, and this is its transfer
 */
public record Acceptance(Transfer transfer, boolean replayed) {}
