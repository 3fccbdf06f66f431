package dev.rensa.explorer.api;

import dev.rensa.explorer.index.AccountEntry;
import dev.rensa.explorer.index.AccountEntry.Reward;
import dev.rensa.explorer.index.AccountEntry.Transfer;
import dev.rensa.explorer.index.AccountHistory;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** An account's history as a table (RFC 4180), newest first, written page by page. */
@ApplicationScoped
class HistoryCsv {

    /** Most rows of one table: what a spreadsheet takes. */
    static final int MAX_ROWS = 1_000_000;

    private static final int PAGE = 1_000;
    private static final String HEAD =
            "time,height,position,id,direction,counterparty,amount_mon,fee_mon,nonce,memo,block\r\n";

    private final AccountHistory history;

    HistoryCsv(AccountHistory history) {
        this.history = history;
    }

    void write(IndexCursor cursor, PublicKey key, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(HEAD);
        String prefix = cursor.genesis().addressPrefix();
        AccountHistory.Page page;
        long last = AccountHistory.END;
        int rows = 0;
        do {
            page = history.page(key, last, PAGE);
            for (AccountEntry entry : page.entries()) {
                writer.write(
                        switch (entry) {
                            case Transfer transfer -> row(transfer, key, prefix);
                            case Reward reward -> row(reward);
                        });
            }
            last = page.last();
            rows += page.entries().size();
        } while (page.entries().size() == PAGE && rows < MAX_ROWS);
        writer.flush();
    }

    private static String row(Transfer entry, PublicKey key, String prefix) {
        IndexedTransaction mined = entry.mined();
        Transaction transaction = mined.transaction();
        boolean out = transaction.sender().equals(key);
        PublicKey other = out ? transaction.recipient() : transaction.sender();
        return String.join(
                        ",",
                        Instant.ofEpochMilli(mined.timestampMillis()).toString(),
                        Long.toString(mined.height()),
                        Integer.toString(mined.position()),
                        transaction.id().toHex(),
                        AccountReader.kind(entry, key),
                        new Address(prefix, other).toString(),
                        Long.toString(transaction.amount().mon()),
                        Long.toString(out ? transaction.fee().mon() : 0),
                        Long.toString(transaction.nonce()),
                        quoted(transaction.memo()),
                        mined.block().toHex())
                + "\r\n";
    }

    /** A reward has no transaction, and so no position, id, counterparty, nonce and memo. */
    private static String row(Reward reward) {
        return String.join(
                        ",",
                        Instant.ofEpochMilli(reward.timestampMillis()).toString(),
                        Long.toString(reward.height()),
                        "",
                        "",
                        "reward",
                        "",
                        Long.toString(reward.amount()),
                        "0",
                        "",
                        "\"\"",
                        reward.block().toHex())
                + "\r\n";
    }

    /** A spreadsheet takes a field that begins like a formula for one: a leading apostrophe makes it text. */
    static String quoted(String memo) {
        boolean formula = !memo.isEmpty() && "=+-@\t\r".indexOf(memo.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + memo.replace("\"", "\"\"") + "\"";
    }
}
