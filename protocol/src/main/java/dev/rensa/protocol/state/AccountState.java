package dev.rensa.protocol.state;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.verdict.RejectionReason;

/**
 * An account as a leaf of the state: {@code key ‖ u64 balance ‖ u64 nextNonce}.
 *
 * @param nextNonce nonce of its next transaction
 */
public record AccountState(PublicKey key, Amount balance, long nextNonce) {

    /** Width of a leaf in bytes. */
    public static final int BYTES = PublicKey.LENGTH + 2 * Long.BYTES;

    /**
     * Reads one leaf; bytes may follow it.
     *
     * @throws MalformedException if the form is not canonical, or the account is an empty one, which no state holds
     */
    public static AccountState read(ByteReader reader) {
        PublicKey key = reader.readFixed(PublicKey.LENGTH, PublicKey::of);
        AccountState account = new AccountState(key, Amount.ofMon(reader.readU63()), reader.readU63());
        if (account.isEmpty()) {
            throw new MalformedException(
                    RejectionReason.NOT_CANONICAL, "an account without coins and transactions has no place in a state");
        }
        return account;
    }

    /** What an account is that the state does not hold. */
    public static AccountState absent(PublicKey key) {
        return new AccountState(key, Amount.ZERO, 0);
    }

    /** Whether it is indistinguishable from one that never existed. */
    public boolean isEmpty() {
        return balance.isZero() && nextNonce == 0;
    }

    /** The bucket that the account lies in, 0 to 65,535. */
    public int bucket() {
        return BucketRoots.bucketOf(key);
    }

    public void write(ByteWriter writer) {
        writer.writeFixed(key).writeU63(balance.mon()).writeU63(nextNonce);
    }

    /** The canonical 48 bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(BYTES);
        write(writer);
        return writer.toBytes();
    }
}
