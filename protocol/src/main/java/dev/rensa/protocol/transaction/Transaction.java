package dev.rensa.protocol.transaction;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Schnorr;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A signed transfer, version 1. It keeps the bytes it was read from, so that naming, relaying and storing it never
 * encodes it again.
 *
 * <pre>
 * offset 0    1           5        37      45         77       85    93           101          103
 *        u8   u32         32       u64     32         u64      u64   u64          u16          memo  64
 *        ver  networkId   sender   nonce   recipient  amount   fee   validUntil   memoLength         signature
 * </pre>
 *
 * <p>Having one of these means that its form is right; whether the signature holds is {@link #isSignedFor}, and whether
 * the chain's state allows it is the node's to say.
 */
public final class Transaction {

    /** The only version so far. */
    public static final int VERSION = 1;

    /** Bytes of a transaction without memo. */
    public static final int MIN_BYTES = 167;

    /** Bytes of a transaction with the longest memo. */
    public static final int MAX_BYTES = MIN_BYTES + Memo.MAX_BYTES;

    /** Where the memo's length stands. */
    private static final int MEMO_LENGTH_OFFSET = 101;

    private final byte[] encoded;
    private final TransactionId id;
    private final TransferBody body;

    private Transaction(byte[] encoded, TransferBody body) {
        this.encoded = encoded;
        this.body = body;
        this.id = TransactionId.of(Sha256.hash(encoded));
    }

    /**
     * Decodes exactly one transaction.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static Transaction decode(byte[] bytes) {
        return ByteReader.decodeAll(bytes, Transaction::read);
    }

    /**
     * Reads one transaction; bytes may follow it.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static Transaction read(ByteReader reader) {
        int start = reader.position();
        TransferBody body = readBody(reader);
        reader.skip(Signature.LENGTH);
        return new Transaction(reader.copyFrom(start), body);
    }

    /**
     * How many bytes the transaction at an offset takes, whether its other fields are right or not.
     *
     * @return empty if its version is unknown, its memo too long, or if it goes beyond the array's end
     */
    public static OptionalInt sizeAt(byte[] bytes, int offset) {
        if (bytes.length - offset < MIN_BYTES || bytes[offset] != VERSION) {
            return OptionalInt.empty();
        }
        int at = offset + MEMO_LENGTH_OFFSET;
        int memoLength = (Byte.toUnsignedInt(bytes[at]) << Byte.SIZE) | Byte.toUnsignedInt(bytes[at + 1]);
        return memoLength > Memo.MAX_BYTES || bytes.length - offset < MIN_BYTES + memoLength
                ? OptionalInt.empty()
                : OptionalInt.of(MIN_BYTES + memoLength);
    }

    private static TransferBody readBody(ByteReader reader) {
        int version = reader.readU8();
        if (version != VERSION) {
            throw new MalformedException(
                    RejectionReason.UNKNOWN_VERSION,
                    "transaction version " + version + " is unknown; this network uses version " + VERSION);
        }
        int networkId = reader.readInt();
        PublicKey sender = reader.readFixed(PublicKey.LENGTH, PublicKey::of);
        long nonce = reader.readU63();
        PublicKey recipient = reader.readFixed(PublicKey.LENGTH, PublicKey::of);
        Amount amount = Amount.ofMon(reader.readU63());
        if (amount.isZero()) {
            throw new MalformedException(RejectionReason.AMOUNT_NOT_POSITIVE, "the amount must be at least 1 mon");
        }
        Amount fee = Amount.ofMon(reader.readU63());
        if (amount.mon() > Long.MAX_VALUE - fee.mon()) {
            throw new MalformedException(
                    RejectionReason.AMOUNT_OUT_OF_RANGE, "amount and fee together are beyond 2^63 - 1 mon");
        }
        long validUntil = reader.readU63();
        int memoLength = reader.readU16();
        if (memoLength > Memo.MAX_BYTES) {
            throw new MalformedException(
                    RejectionReason.MEMO_TOO_LONG,
                    "the memo takes " + memoLength + " bytes; the limit is " + Memo.MAX_BYTES);
        }
        String memo = Memo.decode(reader.readBytes(memoLength));
        return new TransferBody(networkId, sender, nonce, recipient, amount, fee, validUntil, memo);
    }

    public void write(ByteWriter writer) {
        writer.writeBytes(encoded);
    }

    /** A copy of the canonical bytes. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /** Length of the canonical bytes. */
    public int size() {
        return encoded.length;
    }

    public TransactionId id() {
        return id;
    }

    public TransferBody body() {
        return body;
    }

    public PublicKey sender() {
        return body.sender();
    }

    public PublicKey recipient() {
        return body.recipient();
    }

    public long nonce() {
        return body.nonce();
    }

    public Amount amount() {
        return body.amount();
    }

    public Amount fee() {
        return body.fee();
    }

    /** What the sender's balance must cover: amount plus fee. */
    public Amount cost() {
        return body.amount().plus(body.fee());
    }

    public int networkId() {
        return body.networkId();
    }

    /** Last height at which it may be mined; 0 means always. */
    public long validUntil() {
        return body.validUntil();
    }

    public String memo() {
        return body.memo();
    }

    /** Whether it is too late to mine this at the given height. */
    public boolean isExpiredAt(long height) {
        return body.validUntil() != 0 && height > body.validUntil();
    }

    public Signature signature() {
        return Signature.of(encoded, encoded.length - Signature.LENGTH);
    }

    /** Whether the sender signed this for the network whose block 0 has the given hash. The dear part of validation. */
    public boolean isSignedFor(BlockHash network) {
        byte[] message = TransactionDigest.message(network, encoded, encoded.length - Signature.LENGTH);
        return Schnorr.verify(body.sender(), message, signature());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transaction that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Transaction[" + id + "]";
    }
}
