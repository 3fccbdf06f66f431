package dev.rensa.explorer.store;

import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedMiner;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Rows as the records that the index speaks in, each beside the columns that it needs. */
final class Rows {

    static final String BLOCK_COLUMNS = "hash, header, work, fees, size, transaction_count";

    static final String TRANSACTION_COLUMNS = "t.place, t.raw, b.hash AS block, b.timestamp_millis";

    /** Bytes of a key that the indexes hold; see the schema. */
    static final int KEY_PREFIX_BYTES = 8;

    private Rows() {}

    static IndexedBlock block(ResultSet row) throws SQLException {
        return new IndexedBlock(
                BlockHash.of(row.getBytes("hash")),
                BlockHeader.decode(row.getBytes("header")),
                Work.fromBytes(row.getBytes("work")),
                row.getLong("fees"),
                row.getInt("size"),
                row.getInt("transaction_count"));
    }

    static IndexedTransaction transaction(ResultSet row) throws SQLException {
        long place = row.getLong("place");
        return new IndexedTransaction(
                Transaction.decode(row.getBytes("raw")),
                BlockHash.of(row.getBytes("block")),
                Place.height(place),
                Place.position(place),
                row.getLong("timestamp_millis"));
    }

    static IndexedAccount account(ResultSet row) throws SQLException {
        return new IndexedAccount(
                PublicKey.of(row.getBytes("key")),
                row.getLong("balance"),
                row.getLong("sent_count"),
                sum(row, "sent"),
                sum(row, "fees"),
                row.getLong("received_count"),
                sum(row, "received"),
                row.getLong("mined_count"),
                sum(row, "mined"),
                row.getLong("allocated"));
    }

    static IndexedMiner miner(ResultSet row) throws SQLException {
        return new IndexedMiner(
                PublicKey.of(row.getBytes("miner")),
                row.getLong("blocks"),
                sum(row, "rewards"),
                row.getLong("last_height"));
    }

    private static BigInteger sum(ResultSet row, String name) throws SQLException {
        return Halves.join(row.getLong(name + "_high"), row.getLong(name + "_low"));
    }

    /** The first eight bytes as a signed number that orders as the unsigned bytes do. */
    static long order(Bytes32 id) {
        return id.prefix() ^ Long.MIN_VALUE;
    }

    static byte[] prefix(PublicKey key) {
        return Arrays.copyOf(key.toBytes(), KEY_PREFIX_BYTES);
    }
}
