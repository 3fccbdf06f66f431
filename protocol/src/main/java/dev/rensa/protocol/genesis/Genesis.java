package dev.rensa.protocol.genesis;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.work.CompactTarget;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * All rules of one network. Two nodes talk only if theirs are the same to the byte: the hash of the encoding is block
 * 0's parent, so block 0's hash commits to every field here.
 *
 * @param name 1 to 64 characters for people
 * @param addressPrefix human-readable part of addresses, 1 to 16 lower-case letters
 * @param coinSymbol 1 to 12 characters for people
 * @param timestampMillis time of block 0, milliseconds since 1970-01-01 UTC
 * @param easiestTarget no block's target is ever easier (numerically larger)
 * @param initialTarget target of the first blocks, not easier than the easiest
 * @param retargeting how the target moves
 * @param spacingMillis wanted time between blocks, 1 to 86,400,000
 * @param halfLifeMillis ASERT: a lag of this much halves or doubles the target, 1 to 2³¹ − 1
 * @param subsidy new coins a block, before the first halving
 * @param halvingInterval blocks after which the subsidy halves, at least 1
 * @param checkpointInterval heights between state roots, at least 1
 * @param maxBlockBytes most bytes of transactions a block, at most {@link Block#MAX_TRANSACTION_BYTES}
 * @param minimumFee least fee of a transaction
 * @param allocations first balances, one an account, in the order of their keys
 */
public record Genesis(
        String name,
        String addressPrefix,
        String coinSymbol,
        long timestampMillis,
        CompactTarget easiestTarget,
        CompactTarget initialTarget,
        Retargeting retargeting,
        long spacingMillis,
        long halfLifeMillis,
        Amount subsidy,
        long halvingInterval,
        long checkpointInterval,
        int maxBlockBytes,
        Amount minimumFee,
        List<Allocation> allocations) {

    /** Most allocations a genesis may have. */
    public static final int MAX_ALLOCATIONS = 1_000_000;

    private static final int ENCODING_VERSION = 1;

    /**
     * Sorts the allocations and checks every bound.
     *
     * @throws InvalidGenesisException if one does not hold
     */
    public Genesis {
        allocations = allocations.stream()
                .sorted(Comparator.comparing(Allocation::account))
                .toList();
        GenesisRules.check(
                name,
                addressPrefix,
                coinSymbol,
                timestampMillis,
                easiestTarget,
                initialTarget,
                spacingMillis,
                halfLifeMillis,
                subsidy,
                halvingInterval,
                checkpointInterval,
                maxBlockBytes,
                allocations);
    }

    /** SHA-256 of the canonical encoding. */
    public Hash hash() {
        return Hash.of(Sha256.hash(toBytes()));
    }

    /** The first block: no transactions, no work, the genesis hash as its parent. */
    public Block block0() {
        return new Block(
                new BlockHeader(
                        0,
                        BlockHash.of(hash().toBytes()),
                        MerkleTree.root(List.of()),
                        Hash.ZERO,
                        timestampMillis,
                        initialTarget,
                        PublicKey.ZERO,
                        0),
                List.of());
    }

    /** Block 0's hash, which identifies the network. Computed at every call: keep it where it is needed often. */
    public BlockHash networkHash() {
        return block0().hash();
    }

    /** The first four bytes of block 0's hash, as transactions bear them. */
    public static int networkId(BlockHash networkHash) {
        return (int) (networkHash.prefix() >>> 32);
    }

    /** New coins of the block at a height; none for block 0, and none after the 63rd halving. */
    public Amount subsidyAt(long height) {
        return subsidyAt(height, subsidy, halvingInterval);
    }

    /** The same for whoever keeps only these two of the rules. */
    public static Amount subsidyAt(long height, Amount subsidy, long halvingInterval) {
        if (height == 0) {
            return Amount.ZERO;
        }
        long halvings = (height - 1) / halvingInterval;
        return halvings >= Long.SIZE - 1 ? Amount.ZERO : Amount.ofMon(subsidy.mon() >> halvings);
    }

    /** Whether the header at a height must bear a state root. Block 0, before which nothing was, bears none. */
    public boolean isCheckpoint(long height) {
        return height > 0 && height % checkpointInterval == 0;
    }

    /** The canonical encoding, which docs/protocol.md lays out. */
    public byte[] toBytes() {
        return new ByteWriter(256 + allocations.size() * 40)
                .writeU8(ENCODING_VERSION)
                .writeSized16(name.getBytes(StandardCharsets.UTF_8))
                .writeSized16(addressPrefix.getBytes(StandardCharsets.UTF_8))
                .writeSized16(coinSymbol.getBytes(StandardCharsets.UTF_8))
                .writeU63(timestampMillis)
                .writeInt(easiestTarget.bits())
                .writeInt(initialTarget.bits())
                .writeU8(retargeting.number())
                .writeU63(spacingMillis)
                .writeU63(halfLifeMillis)
                .writeU63(subsidy.mon())
                .writeU63(halvingInterval)
                .writeU63(checkpointInterval)
                .writeU31(maxBlockBytes)
                .writeU63(minimumFee.mon())
                .writeList(
                        allocations,
                        (writer, allocation) -> writer.writeFixed(allocation.account())
                                .writeU63(allocation.amount().mon()))
                .toBytes();
    }
}
