package dev.rensa.explorer.lab;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import java.security.SecureRandom;

/**
 * Accounts that are made for one story and never used again: the attacker's, which a mined block pays, the merchant's and
 * the attacker's second one. The one key that signs lives in memory until the story ends, and owns one block's subsidy.
 */
final class StoryAccounts implements AutoCloseable {

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey attacker = newKey();
    private final PublicKey merchant;
    private final PublicKey second;
    private final Genesis genesis;
    private final BlockHash network;

    StoryAccounts(Genesis genesis) {
        this.genesis = genesis;
        this.network = genesis.networkHash();
        try (PrivateKey merchantKey = newKey();
                PrivateKey secondKey = newKey()) {
            this.merchant = merchantKey.publicKey();
            this.second = secondKey.publicKey();
        }
    }

    private PrivateKey newKey() {
        byte[] secret = new byte[PrivateKey.LENGTH];
        random.nextBytes(secret);
        return PrivateKey.of(secret);
    }

    String attackerAddress() {
        return address(attacker.publicKey());
    }

    String merchantAddress() {
        return address(merchant);
    }

    String secondAddress() {
        return address(second);
    }

    /** What a block at that height pays, less the fee of the payment; not positive where a story cannot be told. */
    long amountAt(long height) {
        return genesis.subsidyAt(height).mon() - fee();
    }

    private long fee() {
        return Math.max(1, genesis.minimumFee().mon());
    }

    /** What the merchant is shown. */
    Transaction payment(long amount) {
        return sign(merchant, amount, "payment");
    }

    /** The same coins with the same nonce, to the attacker. */
    Transaction doubleSpend(long amount) {
        return sign(second, amount, "double spend");
    }

    private Transaction sign(PublicKey recipient, long amount, String memo) {
        byte[] auxiliary = new byte[PrivateKey.LENGTH];
        random.nextBytes(auxiliary);
        return new TransferBody(
                        Genesis.networkId(network),
                        attacker.publicKey(),
                        0,
                        recipient,
                        Amount.ofMon(amount),
                        Amount.ofMon(fee()),
                        0,
                        memo)
                .sign(attacker, network, auxiliary);
    }

    private String address(PublicKey key) {
        return new Address(genesis.addressPrefix(), key).toString();
    }

    @Override
    public void close() {
        attacker.close();
    }
}
