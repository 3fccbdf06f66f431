package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A received payment as a row, both ways. */
final class ReceivedRows {

    /** What never changes, and behind it what does. */
    static final String COLUMNS = "network, id, kind, wallet_id, account_index, recipient, sender, amount, memo,"
            + " height, position, block, block_at, state, version";

    static final String INSERT = "INSERT INTO received_payment (" + COLUMNS
            + ", updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String UPDATE = "UPDATE received_payment SET height = ?, position = ?, block = ?, block_at = ?,"
            + " state = ?, version = ?, updated_at = ? WHERE network = ? AND id = ?";

    private static final int FIRST_CHANGING_COLUMN = 10;

    private ReceivedRows() {}

    static void setInsert(PreparedStatement statement, ReceivedPayment payment, long atMillis) throws SQLException {
        PublicKey sender = payment.sender();
        statement.setString(1, payment.network().toHex());
        statement.setString(2, payment.id().toHex());
        statement.setString(3, payment.kind().code());
        statement.setString(4, payment.wallet().value());
        statement.setInt(5, payment.account());
        statement.setString(6, payment.recipient().toHex());
        statement.setString(7, sender == null ? null : sender.toHex());
        statement.setLong(8, payment.amount().mon());
        statement.setString(9, payment.memo());
        setChanging(statement, FIRST_CHANGING_COLUMN, payment, atMillis);
    }

    static void setUpdate(PreparedStatement statement, ReceivedPayment payment, long atMillis) throws SQLException {
        setChanging(statement, 1, payment, atMillis);
        statement.setString(8, payment.network().toHex());
        statement.setString(9, payment.id().toHex());
    }

    private static void setChanging(PreparedStatement statement, int first, ReceivedPayment payment, long atMillis)
            throws SQLException {
        statement.setLong(first, payment.height());
        statement.setInt(first + 1, payment.position());
        statement.setString(first + 2, payment.block().toHex());
        statement.setLong(first + 3, payment.blockAtMillis());
        statement.setString(first + 4, payment.state().code());
        statement.setInt(first + 5, payment.version());
        statement.setLong(first + 6, atMillis);
    }

    /** Reads {@link #COLUMNS}, from the given column on. */
    static ReceivedPayment read(ResultSet row, int first) throws SQLException {
        String sender = row.getString(first + 6);
        return new ReceivedPayment(
                BlockHash.fromHex(row.getString(first)),
                Hash.fromHex(row.getString(first + 1)),
                ReceivedPayment.Kind.ofCode(row.getString(first + 2)),
                new WalletId(row.getString(first + 3)),
                row.getInt(first + 4),
                PublicKey.fromHex(row.getString(first + 5)),
                sender == null ? null : PublicKey.fromHex(sender),
                Amount.ofMon(row.getLong(first + 7)),
                row.getString(first + 8),
                row.getLong(first + 9),
                row.getInt(first + 10),
                BlockHash.fromHex(row.getString(first + 11)),
                row.getLong(first + 12),
                ReceivedState.ofCode(row.getString(first + 13)),
                row.getInt(first + 14));
    }
}
