package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.wallet.key.Wallets;
import java.security.SecureRandom;
import java.util.Objects;

/** Turns a transfer that has its nonce into the transaction that pays it. */
public final class Signer {

    private static final int AUXILIARY_RANDOMNESS_BYTES = 32;

    private final Wallets wallets;
    private final SecureRandom random;

    public Signer(Wallets wallets, SecureRandom random) {
        this.wallets = wallets;
        this.random = random;
    }

    /** Signs an order with the nonce of a transfer. */
    Transaction sign(Transfer transfer, Order order) {
        byte[] auxiliary = new byte[AUXILIARY_RANDOMNESS_BYTES];
        random.nextBytes(auxiliary);
        long nonce = Objects.requireNonNull(transfer.nonce(), "a transfer is signed behind its reservation");
        TransferBody body = new TransferBody(
                Genesis.networkId(transfer.network()),
                transfer.sender(),
                nonce,
                order.recipient(),
                order.amount(),
                order.fee(),
                order.validUntil(),
                order.memo());
        try (PrivateKey key = wallets.signingKey(transfer.wallet(), transfer.account(), transfer.sender())) {
            return body.sign(key, transfer.network(), auxiliary);
        }
    }
}
