package dev.rensa.protocol.transaction;

import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Schnorr;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.money.Amount;

/**
 * What a sender signs: a transaction without its signature.
 *
 * @param networkId the first four bytes of block 0's hash
 * @param sender the account that pays amount and fee
 * @param nonce how many transactions this sender has made before, from 0
 * @param recipient the account that receives the amount
 * @param amount at least 1 mon
 * @param fee goes to the miner
 * @param validUntil the last height at which it may be mined; 0 means always
 * @param memo at most 256 bytes of UTF-8
 */
public record TransferBody(
        int networkId,
        PublicKey sender,
        long nonce,
        PublicKey recipient,
        Amount amount,
        Amount fee,
        long validUntil,
        String memo) {

    /** BIP-340 tag of the message that is signed. */
    static final String SIGNATURE_TAG = "rensa/transaction";

    /**
     * Signs it for the network whose block 0 has the given hash.
     *
     * @param auxiliaryRandomness 32 fresh random bytes, as BIP-340 recommends against side channels
     */
    public Transaction sign(PrivateKey key, BlockHash network, byte[] auxiliaryRandomness) {
        byte[] unsigned = encode();
        Signature signature =
                Schnorr.sign(key, TransactionDigest.message(network, unsigned, unsigned.length), auxiliaryRandomness);
        return join(unsigned, signature);
    }

    /**
     * Joins it with a signature that was made elsewhere; whether that holds is {@link Transaction#isSignedFor}.
     *
     * @throws MalformedException if a field breaks a rule of form
     */
    public Transaction withSignature(Signature signature) {
        return join(encode(), signature);
    }

    private static Transaction join(byte[] unsigned, Signature signature) {
        return Transaction.decode(new ByteWriter(unsigned.length + Signature.LENGTH)
                .writeBytes(unsigned)
                .writeBytes(signature.toBytes())
                .toBytes());
    }

    private byte[] encode() {
        byte[] memoBytes = Memo.encode(memo);
        return new ByteWriter(Transaction.MIN_BYTES + memoBytes.length)
                .writeU8(Transaction.VERSION)
                .writeInt(networkId)
                .writeFixed(sender)
                .writeU63(nonce)
                .writeFixed(recipient)
                .writeU63(amount.mon())
                .writeU63(fee.mon())
                .writeU63(validUntil)
                .writeSized16(memoBytes)
                .toBytes();
    }
}
