package dev.rensa.explorer.store;

import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows as the records that the index speaks in, each beside the columns that it needs. */
final class Rows {

    static final String BLOCK_COLUMNS = "height, hash, parent, transactions_root, state_root, timestamp_millis,"
            + " target_bits, miner, nonce, work, subsidy, fees, size, transaction_count";

    static final String TRANSACTION_COLUMNS = "t.id, b.hash AS block, t.height, t.position, b.timestamp_millis,"
            + " t.sender, t.nonce, t.recipient, t.amount, t.fee, t.valid_until, t.memo, t.signature, t.size";

    private Rows() {}

    static IndexedBlock block(ResultSet row) throws SQLException {
        return new IndexedBlock(
                row.getLong("height"),
                BlockHash.of(row.getBytes("hash")),
                BlockHash.of(row.getBytes("parent")),
                Hash.of(row.getBytes("transactions_root")),
                Hash.of(row.getBytes("state_root")),
                row.getLong("timestamp_millis"),
                row.getString("target_bits"),
                PublicKey.of(row.getBytes("miner")),
                row.getLong("nonce"),
                work(row),
                row.getLong("subsidy"),
                row.getLong("fees"),
                row.getInt("size"),
                row.getInt("transaction_count"));
    }

    static IndexedTransaction transaction(ResultSet row) throws SQLException {
        return new IndexedTransaction(
                TransactionId.of(row.getBytes("id")),
                BlockHash.of(row.getBytes("block")),
                row.getLong("height"),
                row.getInt("position"),
                row.getLong("timestamp_millis"),
                PublicKey.of(row.getBytes("sender")),
                row.getLong("nonce"),
                PublicKey.of(row.getBytes("recipient")),
                row.getLong("amount"),
                row.getLong("fee"),
                row.getLong("valid_until"),
                new String(row.getBytes("memo"), StandardCharsets.UTF_8),
                Signature.of(row.getBytes("signature")),
                row.getInt("size"));
    }

    static IndexedAccount account(ResultSet row) throws SQLException {
        return new IndexedAccount(
                PublicKey.of(row.getBytes("key")),
                row.getLong("balance"),
                row.getLong("sent_count"),
                row.getLong("sent"),
                row.getLong("fees_paid"),
                row.getLong("received_count"),
                row.getLong("received"),
                row.getLong("mined_count"),
                row.getLong("mined"),
                row.getLong("allocated"));
    }

    static Work work(ResultSet row) throws SQLException {
        return new Work(new BigInteger(row.getString("work")));
    }
}
