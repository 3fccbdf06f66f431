package dev.rensa.node.gossip;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.SipHash;
import dev.rensa.protocol.crypto.TransactionId;
import java.nio.ByteBuffer;

/**
 * Names transactions within one compact block of one sender (docs/protocol-peers.md, section 5; after BIP 152). The key
 * follows from the block, which takes work to make, and from the sender's salt, so nobody can prepare transactions that
 * collide, and those that do by chance do so at one node only.
 */
public record ShortIdKey(long key0, long key1) {

    /** The key for a block and a salt. */
    public static ShortIdKey of(BlockHash block, long salt) {
        byte[] saltBytes = ByteBuffer.allocate(Long.BYTES).putLong(salt).array();
        ByteBuffer key = ByteBuffer.wrap(Hash.of(Sha256.taggedHash("rensa/short-id", block.toBytes(), saltBytes))
                .toBytes());
        return new ShortIdKey(key.getLong(), key.getLong());
    }

    public long shortId(TransactionId id) {
        return SipHash.hash(key0, key1, id);
    }
}
