package dev.rensa.protocol.block;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.CompactTarget;

/**
 * A block header, version 1.
 *
 * <pre>
 * offset 0     4       12      44                76         108              116         120     152    160
 *        u32   u64     32      32                32         u64              u32         32      u64
 *        ver   height  parent  transactionsRoot  stateRoot  timestampMillis  targetBits  miner   nonce
 * </pre>
 *
 * @param height distance from block 0
 * @param parent the block before; for block 0 the genesis hash
 * @param transactionsRoot RFC 6962 root over the ids of the block's transactions
 * @param stateRoot commitment to all accounts at checkpoint heights, elsewhere 32 zero bytes
 * @param timestampMillis milliseconds since 1970-01-01 UTC
 * @param target what the hash must not exceed
 * @param miner the account that receives subsidy and fees
 * @param nonce 0 to 2⁶³ − 1, free for the miner to choose
 */
public record BlockHeader(
        long height,
        BlockHash parent,
        Hash transactionsRoot,
        Hash stateRoot,
        long timestampMillis,
        CompactTarget target,
        PublicKey miner,
        long nonce) {

    /** The only version so far. */
    public static final int VERSION = 1;

    /** Width in bytes. */
    public static final int BYTES = 160;

    /** Where the nonce lies, for miners who count it up in place. */
    public static final int NONCE_OFFSET = 152;

    /**
     * Decodes exactly one header.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static BlockHeader decode(byte[] bytes) {
        return ByteReader.decodeAll(bytes, BlockHeader::read);
    }

    /**
     * Reads one header; bytes may follow it.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static BlockHeader read(ByteReader reader) {
        int version = reader.readInt();
        if (version != VERSION) {
            throw new MalformedException(
                    RejectionReason.UNKNOWN_VERSION,
                    "block version " + Integer.toUnsignedString(version) + " is unknown; this network uses version "
                            + VERSION);
        }
        long height = reader.readU63();
        BlockHash parent = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        Hash transactionsRoot = reader.readFixed(Hash.LENGTH, Hash::of);
        Hash stateRoot = reader.readFixed(Hash.LENGTH, Hash::of);
        long timestampMillis = reader.readU63();
        CompactTarget target = CompactTarget.read(reader);
        PublicKey miner = reader.readFixed(PublicKey.LENGTH, PublicKey::of);
        long nonce = reader.readU63();
        return new BlockHeader(height, parent, transactionsRoot, stateRoot, timestampMillis, target, miner, nonce);
    }

    public void write(ByteWriter writer) {
        writer.writeInt(VERSION)
                .writeU63(height)
                .writeFixed(parent)
                .writeFixed(transactionsRoot)
                .writeFixed(stateRoot)
                .writeU63(timestampMillis)
                .writeInt(target.bits())
                .writeFixed(miner)
                .writeU63(nonce);
    }

    /** The canonical 160 bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(BYTES);
        write(writer);
        return writer.toBytes();
    }

    /** SHA-256 twice over the canonical bytes. Computed at every call: keep it where it is needed often. */
    public BlockHash hash() {
        return BlockHash.of(Sha256.doubleHash(toBytes()));
    }

    /** The same header with another nonce. */
    public BlockHeader withNonce(long newNonce) {
        return new BlockHeader(height, parent, transactionsRoot, stateRoot, timestampMillis, target, miner, newNonce);
    }
}
