package dev.rensa.bench.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.bench.load.SignedLoad;
import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.network.client.NodeClient;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** (f) Transfers a second that a node takes into its mempool, by the three ways in which they can come. */
public final class SubmissionBench {

    private static final int SENDERS_A_CONNECTION = 8;
    private static final int BATCH = 1_000;

    /** Blocks once a second keep the mempool small. */
    private static final long HASHES_A_SECOND = 60_000;

    private static final int BLOCK_BYTES = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A way of submitting: how many connections, how many transfers on each, and what sends one batch. */
    private record Way(String name, int connections, int batches, int batchSize, Sender sender) {}

    @FunctionalInterface
    private interface Sender {

        /** Returns what sends the batches of a load one by one and answers how many were accepted. */
        ToIntFunction<Integer> prepare(NodeClient node, SignedLoad load, String prefix);
    }

    private SubmissionBench() {}

    /** Measures with {@code transfers} a way; single requests with a tenth. */
    public static void run(Report report, Path directory, int transfers) {
        List<Way> ways = List.of(
                new Way("single JSON requests", 32, Math.max(1, transfers / 320), 1, SubmissionBench::json),
                new Way("JSON lines", 4, Math.max(1, transfers / 4 / BATCH), BATCH, SubmissionBench::lines),
                new Way("packed binary", 4, Math.max(1, transfers / 4 / BATCH), BATCH, SubmissionBench::packed));
        int connections = ways.stream().mapToInt(Way::connections).sum();
        // Each way twice: the first time warms the node up.
        List<FundedAccount> accounts = IntStream.range(0, 2 * connections * SENDERS_A_CONNECTION)
                .mapToObj(FundedAccount::new)
                .toList();
        Genesis genesis = TestGenesis.of("bench", HASHES_A_SECOND, BLOCK_BYTES, accounts);
        Map<String, String> settings = Map.of("rensa.mining.max-hashes-per-second", Long.toString(HASHES_A_SECOND));
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, settings)) {
            network.start(1);
            int first = 0;
            for (Way way : ways) {
                int width = way.connections() * SENDERS_A_CONNECTION;
                measure(network, genesis, way, accounts.subList(first, first + width));
                double perSecond = measure(network, genesis, way, accounts.subList(first + width, first + 2 * width));
                first += 2 * width;
                report.add(Figure.of(
                        "f",
                        "submission by " + way.name(),
                        perSecond,
                        "transfers/s",
                        report.ceilingAround(),
                        "%d connections, %d a request, client on the same machine"
                                .formatted(way.connections(), way.batchSize())));
            }
        }
    }

    private static double measure(LocalNetwork network, Genesis genesis, Way way, List<FundedAccount> accounts) {
        NodeClient node = network.nodes().getFirst().client();
        List<ToIntFunction<Integer>> senders = new ArrayList<>();
        for (int c = 0; c < way.connections(); c++) {
            List<FundedAccount> own = accounts.subList(c * SENDERS_A_CONNECTION, (c + 1) * SENDERS_A_CONNECTION);
            SignedLoad load = SignedLoad.sign(genesis, own, way.batches(), way.batchSize());
            senders.add(way.sender().prepare(node, load, genesis.addressPrefix()));
        }
        long began = System.nanoTime();
        long accepted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(way.connections())) {
            List<Future<Integer>> answers = senders.stream()
                    .map(sender -> threads.submit(() -> IntStream.range(0, way.batches())
                            .map(sender::applyAsInt)
                            .sum()))
                    .toList();
            for (Future<Integer> answer : answers) {
                accepted += answer.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("submission by " + way.name() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long sent = (long) way.connections() * way.batches() * way.batchSize();
        if (accepted != sent) {
            throw new IllegalStateException(
                    "of %,d transfers by %s only %,d were accepted".formatted(sent, way.name(), accepted));
        }
        return accepted / seconds;
    }

    private static ToIntFunction<Integer> packed(NodeClient node, SignedLoad load, String prefix) {
        return batch -> node.submitPacked(load.batch(batch)).accepted();
    }

    /** The text is made beforehand: what is measured is the node. */
    private static ToIntFunction<Integer> lines(NodeClient node, SignedLoad load, String prefix) {
        List<String> texts = new ArrayList<>();
        for (int batch = 0; batch < load.batches(); batch++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < load.batchSize(); i++) {
                text.append(write(request(load.transfer(batch * load.batchSize() + i), prefix)))
                        .append('\n');
            }
            texts.add(text.toString());
        }
        return batch -> node.submitLines(texts.get(batch)).accepted();
    }

    private static ToIntFunction<Integer> json(NodeClient node, SignedLoad load, String prefix) {
        List<TransactionRequest> requests = IntStream.range(0, load.total())
                .mapToObj(number -> request(load.transfer(number), prefix))
                .toList();
        return batch -> {
            // A refusal is an error of HTTP, and ends the measurement.
            node.submit(requests.get(batch));
            return 1;
        };
    }

    private static TransactionRequest request(byte[] bytes, String prefix) {
        Transaction transfer = Transaction.decode(bytes);
        return new TransactionRequest(
                null,
                HexFormat.of().toHexDigits(transfer.networkId()),
                new Address(prefix, transfer.sender()).toString(),
                transfer.nonce(),
                new Address(prefix, transfer.recipient()).toString(),
                transfer.amount().mon(),
                transfer.fee().mon(),
                null,
                null,
                transfer.signature().toHex());
    }

    private static String write(TransactionRequest request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request can be written", e);
        }
    }
}
