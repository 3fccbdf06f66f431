package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferState;
import dev.rensa.wallet.transfer.Transition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A transfer as a row, both ways. */
final class TransferRows {

    static final String COLUMNS = "id, network, wallet_id, account_index, sender, kind, recipient, amount, fee,"
            + " valid_until, memo, idempotency_key, request_hash, created_at, state, version, updated_at, nonce, raw,"
            + " height, block, reason_code, reason, transaction_id";

    static final String INSERT = "INSERT INTO transfer (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** Only the version before may be stepped from: a lost update would be a lost payment. */
    static final String UPDATE = "UPDATE transfer SET state = ?, version = ?, updated_at = ?, nonce = ?, raw = ?,"
            + " height = ?, block = ?, reason_code = ?, reason = ?, transaction_id = ? WHERE id = ? AND version = ?";

    /** Every id is below this: its first digit is no hexadecimal digit. */
    static final String ABOVE_ALL_IDS = "g";

    private static final int FIRST_CHANGING_COLUMN = 15;

    private TransferRows() {}

    static void setInsert(PreparedStatement statement, Transfer transfer) throws SQLException {
        Order order = transfer.order();
        statement.setString(1, transfer.id().value());
        statement.setString(2, transfer.network().toHex());
        statement.setString(3, transfer.wallet().value());
        statement.setInt(4, transfer.account());
        statement.setString(5, transfer.sender().toHex());
        statement.setString(6, transfer.kind());
        statement.setString(7, order.recipient().toHex());
        statement.setLong(8, order.amount().mon());
        statement.setLong(9, order.fee().mon());
        statement.setLong(10, order.validUntil());
        statement.setString(11, order.memo());
        statement.setString(12, transfer.idempotencyKey());
        statement.setString(13, transfer.requestHash());
        statement.setLong(14, transfer.createdAtMillis());
        setChanging(statement, FIRST_CHANGING_COLUMN, transfer);
    }

    static void setUpdate(PreparedStatement statement, Change change) throws SQLException {
        setChanging(statement, 1, change.after());
        statement.setString(11, change.after().id().value());
        statement.setInt(12, change.firstVersion() - 1);
    }

    /**
     * What some steps make of a transfer.
     *
     * @param firstVersion the version behind the first of them
     * @param after the transfer behind the last
     */
    record Change(int firstVersion, Transfer after) {
        /** Whether there is no row of it yet. */
        boolean isNew() {
            return firstVersion == 0;
        }
    }

    /** One change a transfer, in the order of their last steps: who gives a nonce back comes before who takes it. */
    static List<Change> changes(List<Transition> transitions) {
        Map<TransferId, Change> changes = new LinkedHashMap<>();
        for (Transition transition : transitions) {
            Transfer after = transition.after();
            Change earlier = changes.remove(after.id());
            changes.put(after.id(), new Change(earlier == null ? after.version() : earlier.firstVersion(), after));
        }
        return List.copyOf(changes.values());
    }

    static Transfer read(ResultSet row) throws SQLException {
        String raw = row.getString("raw");
        String block = row.getString("block");
        return new Transfer(
                new TransferId(row.getString("id")),
                BlockHash.fromHex(row.getString("network")),
                new WalletId(row.getString("wallet_id")),
                row.getInt("account_index"),
                PublicKey.fromHex(row.getString("sender")),
                row.getString("kind"),
                new Order(
                        PublicKey.fromHex(row.getString("recipient")),
                        Amount.ofMon(row.getLong("amount")),
                        Amount.ofMon(row.getLong("fee")),
                        row.getLong("valid_until"),
                        row.getString("memo")),
                row.getString("idempotency_key"),
                row.getString("request_hash"),
                row.getLong("created_at"),
                TransferState.ofCode(row.getString("state")),
                row.getInt("version"),
                row.getLong("updated_at"),
                NullableLong.get(row, "nonce"),
                raw == null ? null : Transaction.decode(HexFormat.of().parseHex(raw)),
                List.of(),
                NullableLong.get(row, "height"),
                block == null ? null : BlockHash.fromHex(block),
                row.getString("reason_code"),
                row.getString("reason"));
    }

    private static void setChanging(PreparedStatement statement, int first, Transfer transfer) throws SQLException {
        Transaction transaction = transfer.transaction();
        BlockHash block = transfer.block();
        statement.setString(first, transfer.state().code());
        statement.setInt(first + 1, transfer.version());
        statement.setLong(first + 2, transfer.updatedAtMillis());
        NullableLong.set(statement, first + 3, transfer.nonce());
        statement.setString(
                first + 4, transaction == null ? null : HexFormat.of().formatHex(transaction.toBytes()));
        NullableLong.set(statement, first + 5, transfer.height());
        statement.setString(first + 6, block == null ? null : block.toHex());
        statement.setString(first + 7, transfer.reasonCode());
        statement.setString(first + 8, transfer.reason());
        statement.setString(
                first + 9, transaction == null ? null : transaction.id().toHex());
    }
}
