package dev.rensa.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.rensa.protocol.api.BatchView.RejectedView;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A batch, read.
 *
 * @param transactions those that could be read
 * @param indices position of each of these in the batch
 * @param rejections those that could not
 */
record SubmittedBatch(List<Transaction> transactions, List<Integer> indices, List<RejectedView> rejections) {

    /** Reads a transaction of each line; empty lines are passed over and not counted. */
    static SubmittedBatch ofLines(byte[] lines, int most, String addressPrefix, ObjectMapper json) {
        ObjectReader reader = json.readerFor(TransactionRequest.class);
        SubmittedBatch batch = new SubmittedBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int index = 0;
        for (int start = 0; start < lines.length; ) {
            int end = endOfLine(lines, start);
            if (!isBlank(lines, start, end)) {
                if (index == most) {
                    throw TransactionRequests.tooMany(most);
                }
                batch.readLine(reader, lines, start, end, index++, addressPrefix);
            }
            start = end + 1;
        }
        return batch;
    }

    /**
     * Reads packed transactions. One with a bad field is refused for itself; one that does not tell where it ends takes all
     * behind it with it, for nobody knows where the next one begins.
     */
    static SubmittedBatch ofPacked(byte[] packed, int most) {
        SubmittedBatch batch = new SubmittedBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ByteReader reader = new ByteReader(packed);
        for (int index = 0; reader.remaining() > 0; index++) {
            if (index == most) {
                throw TransactionRequests.tooMany(most);
            }
            int start = reader.position();
            try {
                batch.transactions.add(Transaction.read(reader));
                batch.indices.add(index);
            } catch (MalformedException e) {
                OptionalInt size = Transaction.sizeAt(packed, start);
                if (size.isEmpty()) {
                    batch.reject(
                            index,
                            new Rejection(
                                    e.rejection().reason(),
                                    e.rejection().detail()
                                            + ". Where the next transaction begins cannot be told: nothing from here on"
                                            + " was read"));
                    break;
                }
                batch.reject(index, e.rejection());
                reader = new ByteReader(packed);
                reader.skip(start + size.getAsInt());
            }
        }
        return batch;
    }

    private void readLine(ObjectReader reader, byte[] lines, int start, int end, int index, String addressPrefix) {
        try {
            @Nullable TransactionRequest request = reader.readValue(lines, start, end - start);
            transactions.add(TransactionRequests.ofJson(request, addressPrefix));
            indices.add(index);
        } catch (ProblemException e) {
            reject(index, e.rejection());
        } catch (JsonProcessingException e) {
            reject(index, JsonProblems.of(e));
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be read", e);
        }
    }

    private void reject(int index, Rejection rejection) {
        rejections.add(new RejectedView(index, null, rejection.reason().code(), rejection.detail()));
    }

    private static int endOfLine(byte[] lines, int start) {
        int end = start;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] lines, int start, int end) {
        for (int i = start; i < end; i++) {
            if (lines[i] > ' ') {
                return false;
            }
        }
        return true;
    }
}
