package dev.rensa.network.cluster;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import java.nio.charset.StandardCharsets;

/** An account of a test network that has coins from the beginning. It counts its own nonces. Not thread-safe. */
public final class FundedAccount {

    private final PrivateKey key;
    private long nextNonce;

    /** The account with a number; the same number gives the same key. */
    public FundedAccount(int number) {
        this.key = PrivateKey.of(Sha256.hash(("test account " + number).getBytes(StandardCharsets.UTF_8)));
    }

    public PublicKey publicKey() {
        return key.publicKey();
    }

    /** Signs its next transfer. */
    public Transaction transfer(BlockHash network, PublicKey recipient, Amount amount, Amount fee) {
        return new TransferBody(Genesis.networkId(network), key.publicKey(), nextNonce++, recipient, amount, fee, 0, "")
                .sign(key, network, new byte[32]);
    }
}
