package dev.rensa.node.mempool;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.charset.StandardCharsets;

/** Builds transactions for the mempool, which never looks at the signature. */
record Offers(int networkId, PublicKey sender, long nonce, long amount, long fee, long validUntil, String memo) {

    private static final PublicKey RECIPIENT = key("recipient");

    static Offers from(FakeChain chain, PublicKey sender) {
        return new Offers(chain.networkId(), sender, 0, 1, 10, 0, "");
    }

    static PublicKey key(String name) {
        return PublicKey.of(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)));
    }

    Offers network(int id) {
        return new Offers(id, sender, nonce, amount, fee, validUntil, memo);
    }

    Offers nonce(long value) {
        return new Offers(networkId, sender, value, amount, fee, validUntil, memo);
    }

    Offers amount(long value) {
        return new Offers(networkId, sender, nonce, value, fee, validUntil, memo);
    }

    Offers fee(long value) {
        return new Offers(networkId, sender, nonce, amount, value, validUntil, memo);
    }

    Offers validUntil(long value) {
        return new Offers(networkId, sender, nonce, amount, fee, value, memo);
    }

    Offers memo(String value) {
        return new Offers(networkId, sender, nonce, amount, fee, validUntil, value);
    }

    Transaction build() {
        byte[] memoBytes = memo.getBytes(StandardCharsets.UTF_8);
        return Transaction.decode(new ByteWriter(Transaction.MAX_BYTES)
                .writeU8(Transaction.VERSION)
                .writeInt(networkId)
                .writeFixed(sender)
                .writeU63(nonce)
                .writeFixed(RECIPIENT)
                .writeU63(amount)
                .writeU63(fee)
                .writeU63(validUntil)
                .writeSized16(memoBytes)
                .writeBytes(new byte[Signature.LENGTH])
                .toBytes());
    }
}
