package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to a node that mines, takes transfers and has HTTP clients who do not let go. */
class StopIT {
    private static final long EXPECTED_HASHES = 30_000;
    private static final int WAITING = 500;
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** 128 + 15: ended by SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldEndInGoodOrderWithinTenSecondsUnderLoad() throws IOException {
        List<FundedAccount> accounts =
                IntStream.range(0, 9).mapToObj(FundedAccount::new).toList();
        Genesis genesis = TestGenesis.of("stop", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);
        try (LocalNetwork network = new LocalNetwork(directory, 2, genesis, Map.of());
                TransferLoad load = new TransferLoad(network, genesis, accounts.subList(0, 8))) {
            network.start(2);
            LocalNode node = network.nodes().getFirst();
            LocalNode peer = network.nodes().getLast();
            node.client().submit(queued(genesis, accounts.getLast()));
            load.start();
            load.awaitFurther(100);
            // Two nodes that dial each other at once close one of the two connections, and say so.
            long partings = partings(peer, node).size();
            List<Socket> clients = clientsThatDoNotLetGo(node);

            long beganNanos = System.nanoTime();
            int status = node.terminate(STOP_BOUND);
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);

            System.out.println("StopIT: ended after " + took.toMillis() + " ms with status " + status);
            assertThat(status).isEqualTo(TERMINATED);
            assertThat(took).isLessThan(STOP_BOUND);
            // Clients that go on calling make the HTTP server complain; what the node itself must not say is this.
            assertThat(Files.readString(node.log())).doesNotContain("is not saved", "is left open", "FATAL");
            Await.until(
                    "the peer was told why",
                    BOUND,
                    () -> read(peer.log()),
                    () -> partings(peer, node).size() > partings);
            assertThat(partings(peer, node).stream().skip(partings)).allMatch(line -> line.contains("shutting-down"));
            for (Socket client : clients) {
                client.close();
            }

            node.start();
            node.awaitReady();
            Await.until(
                    "the mempool is back",
                    BOUND,
                    () -> node.client().mempool().toString(),
                    () -> node.client().mempool().queued() >= WAITING);
        }
    }

    /** Transfers that wait for one that is never sent. */
    private static List<Transaction> queued(Genesis genesis, FundedAccount account) {
        List<Transaction> transfers = new ArrayList<>();
        for (int i = 0; i <= WAITING; i++) {
            transfers.add(account.transfer(genesis.networkHash(), account.publicKey(), Amount.ofMon(1), Amount.ZERO));
        }
        return transfers.subList(1, transfers.size());
    }

    /** One listens to events and reads none; one promises a body and sends a part of it; one asks half a question. */
    private static List<Socket> clientsThatDoNotLetGo(LocalNode node) throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (String request : List.of(
                "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n",
                "POST /transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{\"hex\":",
                "GET /status HTTP/1.1\r\nHost: ")) {
            Socket client =
                    new Socket(InetAddress.getLoopbackAddress(), node.url().getPort());
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            clients.add(client);
        }
        return clients;
    }

    private static List<String> partings(LocalNode peer, LocalNode from) {
        return read(peer.log())
                .lines()
                .filter(line -> line.contains("Disconnected from " + from.name()))
                .toList();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
