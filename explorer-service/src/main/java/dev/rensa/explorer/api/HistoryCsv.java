package dev.rensa.explorer.api;

import dev.rensa.explorer.index.ChainQueries;
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
import java.util.List;

/** An account's history as a table (RFC 4180), newest first, written page by page. */
@ApplicationScoped
class HistoryCsv {

    /** Most rows of one table: what a spreadsheet takes. */
    static final int MAX_ROWS = 1_000_000;

    private static final int PAGE = 1_000;
    private static final String HEAD =
            "time,height,position,id,direction,counterparty,amount_mon,fee_mon,nonce,memo\r\n";

    private final ChainQueries queries;

    HistoryCsv(ChainQueries queries) {
        this.queries = queries;
    }

    void write(IndexCursor cursor, PublicKey key, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(HEAD);
        String prefix = cursor.genesis().addressPrefix();
        IndexedTransaction last = null;
        List<IndexedTransaction> page;
        int rows = 0;
        do {
            page = queries.transactionsOf(key, last, PAGE);
            for (IndexedTransaction mined : page) {
                writer.write(row(mined, key, prefix));
                last = mined;
            }
            rows += page.size();
        } while (page.size() == PAGE && rows < MAX_ROWS);
        writer.flush();
    }

    private static String row(IndexedTransaction mined, PublicKey key, String prefix) {
        Transaction transaction = mined.transaction();
        boolean out = transaction.sender().equals(key);
        boolean self = out && transaction.recipient().equals(key);
        PublicKey other = out ? transaction.recipient() : transaction.sender();
        return String.join(
                        ",",
                        Instant.ofEpochMilli(mined.timestampMillis()).toString(),
                        Long.toString(mined.height()),
                        Integer.toString(mined.position()),
                        transaction.id().toHex(),
                        self ? "self" : out ? "out" : "in",
                        new Address(prefix, other).toString(),
                        Long.toString(transaction.amount().mon()),
                        Long.toString(out ? transaction.fee().mon() : 0),
                        Long.toString(transaction.nonce()),
                        quoted(transaction.memo()))
                + "\r\n";
    }

    /** A spreadsheet takes a field that begins like a formula for one: a leading apostrophe makes it text. */
    static String quoted(String memo) {
        boolean formula = !memo.isEmpty() && "=+-@\t\r".indexOf(memo.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + memo.replace("\"", "\"\"") + "\"";
    }
}
