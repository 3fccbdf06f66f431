package dev.rensa.wallet.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.Payout;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads payouts, and says of every wrong line what is wrong with it. */
final class PayoutReader {

    /** Wrong lines that an answer names; the rest are counted. */
    private static final int MAX_NAMED = 20;

    private static final Set<String> COLUMNS = Set.of("recipient", "amount", "coins", "memo", "fee");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();

    private PayoutReader() {}

    /** The lines of a text with a head line that names its columns (RFC 4180). */
    static List<Requests.NewTransfer> csv(String text) {
        try (CSVParser parser = FORMAT.parse(new StringReader(text))) {
            if (!COLUMNS.containsAll(parser.getHeaderNames())) {
                throw ApiProblem.malformed("the first line names the columns: recipient, amount (in mon) or coins, and"
                        + " memo and fee if you like; found " + parser.getHeaderNames());
            }
            if (Set.copyOf(parser.getHeaderNames()).size()
                    < parser.getHeaderNames().size()) {
                throw ApiProblem.malformed("the first line names a column twice: found " + parser.getHeaderNames());
            }
            List<Requests.NewTransfer> lines = new ArrayList<>();
            for (CSVRecord row : parser) {
                requireFewEnough(lines.size() + 1);
                lines.add(line(row));
            }
            return lines;
        } catch (IOException | IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
            throw ApiProblem.malformed("the body is not comma-separated text as RFC 4180 has it");
        }
    }

    /** Checks every line before any is accepted. */
    static List<Order> orders(List<Requests.NewTransfer> lines, Function<Requests.NewTransfer, Order> reader) {
        if (lines.isEmpty()) {
            throw ApiProblem.malformed("the payout has no lines");
        }
        requireFewEnough(lines.size());
        List<Order> orders = new ArrayList<>(lines.size());
        List<String> wrong = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            try {
                orders.add(reader.apply(lines.get(line)));
            } catch (ApiProblem e) {
                wrong.add("line " + line + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new ApiProblem(
                    422,
                    "invalid-lines",
                    wrong.size() + " of " + lines.size() + " lines are wrong, and nothing was accepted; "
                            + String.join("; ", wrong.subList(0, Math.min(wrong.size(), MAX_NAMED)))
                            + (wrong.size() > MAX_NAMED ? "; and more" : ""));
        }
        return orders;
    }

    /** Tells a repeated payout from another one. */
    static String hash(List<String> lines) {
        MessageDigest digest = Sha256.newDigest();
        lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireFewEnough(int lines) {
        if (lines > Payout.MAX_LINES) {
            throw new ApiProblem(
                    400, "too-many-lines", "a payout has at most " + Payout.MAX_LINES + " lines: split it");
        }
    }

    private static Requests.NewTransfer line(CSVRecord row) {
        String coins = cell(row, "coins");
        String amount = cell(row, "amount");
        String fee = cell(row, "fee");
        return new Requests.NewTransfer(
                cell(row, "recipient"),
                amount == null ? null : number(amount),
                coins == null ? null : JsonNodeFactory.instance.textNode(coins),
                fee == null ? null : number(fee),
                null,
                cell(row, "memo"),
                null,
                null);
    }

    private static @Nullable String cell(CSVRecord row, String column) {
        String text = row.isSet(column) ? row.get(column) : "";
        return text.isEmpty() ? null : text;
    }

    private static com.fasterxml.jackson.databind.JsonNode number(String text) {
        try {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
