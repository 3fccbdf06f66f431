package dev.rensa.protocol.transaction;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Sha256;
import java.util.Arrays;

/** The 32-byte message under a transaction's signature. */
final class TransactionDigest {

    private TransactionDigest() {}

    /** {@code taggedHash("rensa/transaction", block 0's hash ‖ the bytes before the signature)}. */
    static byte[] message(BlockHash network, byte[] encoded, int unsignedLength) {
        byte[] unsigned = unsignedLength == encoded.length ? encoded : Arrays.copyOf(encoded, unsignedLength);
        return Sha256.taggedHash(TransferBody.SIGNATURE_TAG, network.toBytes(), unsigned);
    }
}
