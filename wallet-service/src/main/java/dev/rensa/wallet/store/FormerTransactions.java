package dev.rensa.wallet.store;

import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.Transition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Transactions in whose place others of the same nonce were signed. Few transfers have any. */
final class FormerTransactions {

    /** Transfers that a transaction once was signed for. */
    static final String HOLDER = " (SELECT transfer_id FROM former_transaction WHERE transaction_id = ?)";

    /** Names in one question: what both databases take with room to spare. */
    private static final int MAX_ASKED = 500;

    private FormerTransactions() {}

    static void write(Connection connection, List<Transition> transitions) throws SQLException {
        for (Transition transition : transitions) {
            Transaction superseded = transition.superseded();
            if (superseded == null) {
                continue;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO former_transaction (transaction_id, transfer_id, raw) VALUES (?, ?, ?)"
                            + " ON CONFLICT (transaction_id) DO NOTHING")) {
                insert.setString(1, superseded.id().toHex());
                insert.setString(2, transition.after().id().value());
                insert.setString(3, HexFormat.of().formatHex(superseded.toBytes()));
                insert.executeUpdate();
            }
        }
    }

    /** With its former transactions. */
    static Transfer read(Database database, Transfer transfer) {
        return read(database, List.of(transfer)).getFirst();
    }

    /** The same for many. */
    static List<Transfer> read(Database database, List<Transfer> transfers) {
        Map<String, List<Transaction>> former = new HashMap<>();
        for (int from = 0; from < transfers.size(); from += MAX_ASKED) {
            List<Transfer> asked = transfers.subList(from, Math.min(transfers.size(), from + MAX_ASKED));
            database.query(
                            "SELECT transfer_id, raw FROM former_transaction WHERE transfer_id IN ("
                                    + String.join(", ", Collections.nCopies(asked.size(), "?")) + ")",
                            statement -> {
                                for (int i = 0; i < asked.size(); i++) {
                                    statement.setString(i + 1, asked.get(i).id().value());
                                }
                            },
                            row -> Map.entry(row.getString(1), read(row.getString(2))))
                    .forEach(each -> former.computeIfAbsent(each.getKey(), id -> new ArrayList<>())
                            .add(each.getValue()));
        }
        return former.isEmpty()
                ? transfers
                : transfers.stream()
                        .map(each -> with(each, former.getOrDefault(each.id().value(), List.of())))
                        .toList();
    }

    /** One that was mined after all is no longer a former one. */
    private static Transfer with(Transfer transfer, List<Transaction> former) {
        return former.isEmpty()
                ? transfer
                : transfer.withFormer(former.stream()
                        .filter(earlier -> !earlier.equals(transfer.transaction()))
                        .toList());
    }

    private static Transaction read(String raw) {
        return Transaction.decode(HexFormat.of().parseHex(raw));
    }
}
