package dev.rensa.bench.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.bench.database.BenchPostgres;
import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.BenchNetworks;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** (g) Indexing a chain from nothing, and answering with it. */
public final class ExplorerBench {

    private static final Duration INDEX_BOUND = Duration.ofMinutes(10);
    private static final int SAMPLES = 40;

    private final Report report;
    private final PackedChain chain;
    private final int transfers;

    private ExplorerBench(Report report, int transfers, int accounts) {
        this.report = report;
        this.transfers = transfers;
        Genesis genesis = BenchNetworks.easiest();
        List<FundedAccount> senders = BenchNetworks.senders();
        report.progress("a chain of %,d transfers is made".formatted(transfers));
        this.chain = PackedChain.of(genesis, senders, transfers, accounts);
    }

    /** Measures both databases, and calls for so many seconds. */
    public static void run(Report report, Path directory, int transfers, int accounts, int seconds) {
        ExplorerBench bench = new ExplorerBench(report, transfers, accounts);
        try (ScriptedNode node = new ScriptedNode("node", "01".repeat(32), bench.chain)) {
            bench.measure("SQLite", node, directory.resolve("sqlite"), Map.of(), seconds);
            try (BenchPostgres postgres = new BenchPostgres(directory)) {
                bench.measure(
                        "PostgreSQL",
                        node,
                        directory.resolve("postgres-explorer"),
                        postgres.settings("explorer"),
                        seconds);
            }
        }
    }

    private void measure(String database, ScriptedNode node, Path home, Map<String, String> settings, int seconds) {
        try (LocalExplorer explorer = new LocalExplorer(home, List.of(node.url()), settings)) {
            explorer.awaitReady();
            long began = System.nanoTime();
            long height = explorer.json("/api/index").path("height").asLong();
            long before = Math.max(0, height) * PackedChain.TRANSFERS_A_BLOCK;
            explorer.awaitIndex(INDEX_BOUND);
            double perSecond = (transfers - before) * 1e9 / (System.nanoTime() - began);
            report.add(Figure.of(
                    "g",
                    "index from nothing, " + database,
                    perSecond,
                    "transfers/s",
                    "%,d transfers in pages of a node on the same machine, from a JVM that has just started; goal 15,000"
                            .formatted(transfers)));
            firstView(database, explorer);
            Map<String, List<String>> kinds = kinds(explorer);
            new Calls().run(explorer, kinds, Calls.warmUp(seconds));
            Calls calls = new Calls();
            calls.run(explorer, kinds, seconds);
            calls.tell(report);
            report.add(Figure.of(
                    "g",
                    "slowest call's p99, " + database,
                    calls.at(calls.slowest(), 0.99),
                    "ms",
                    String.format(
                            Locale.ROOT,
                            "%s, of %d kinds at %d calls a second in all; p99 of all calls %.1f ms; goal 50",
                            calls.slowest(),
                            kinds.size(),
                            Calls.A_SECOND,
                            calls.at(0.99))));
        }
    }

    /** What a browser needs before it can show anything: the overview, a block's page, and what both load. */
    private void firstView(String database, LocalExplorer explorer) {
        String block =
                "/block/" + chain.at(chain.tip().header().height() / 2).hash().toHex();
        long began = System.nanoTime();
        explorer.get("/");
        explorer.get(block);
        double first = (System.nanoTime() - began) / 1e6;
        report.add(Figure.of(
                "g",
                "first view of / and a block's page, " + database,
                first,
                "ms",
                "HTML, one after the other, the first pages since the process began; goal 1,000"));
    }

    private Map<String, List<String>> kinds(LocalExplorer explorer) {
        List<String> hashes = new ArrayList<>();
        List<String> heights = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        long tip = chain.tip().header().height();
        for (int i = 0; i < SAMPLES; i++) {
            long height = 1 + i * (tip - 1) / SAMPLES;
            String hash = chain.at(height).hash().toHex();
            heights.add(Long.toString(height));
            hashes.add(hash);
            JsonNode first = explorer.json("/api/block/" + hash + "/txs").path(0);
            ids.add(first.path("id").asText());
            addresses.add(first.path(i % 2 == 0 ? "sender" : "recipient").asText());
        }
        PublicKey miner = chain.tip().header().miner();
        List<String> busiest = List.of(new Address(chain.genesis().addressPrefix(), miner).toString());
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (String path : List.of(
                "/",
                "/api/blocks",
                "/api/blocks/tip/height",
                "/api/mempool",
                "/api/fee-estimates",
                "/api/nodes",
                "/api/tree",
                "/api/agreement",
                "/api/reorganisations",
                "/api/stats",
                "/api/miners",
                "/api/replay",
                "/api/status",
                "/api/index",
                "/api/search?q=" + hashes.getFirst().substring(0, 12),
                "/api/search?q=" + busiest.getFirst().substring(0, 12))) {
            kinds.put(path, List.of(path));
        }
        put(kinds, "/api/blocks/%s", heights);
        put(kinds, "/api/block-height/%s", heights);
        put(kinds, "/api/block/%s", hashes);
        put(kinds, "/api/block/%s/txs/1000", hashes);
        put(kinds, "/api/block/%s/txids", hashes);
        put(kinds, "/api/tx/%s", ids);
        put(kinds, "/api/tx/%s/merkle-proof", ids);
        put(kinds, "/api/tx/%s/passport", ids);
        put(kinds, "/api/address/%s", addresses);
        put(kinds, "/api/address/%s/txs", addresses);
        put(kinds, "/api/address/%s/history", addresses);
        put(kinds, "/api/address/%s/balances", addresses);
        kinds.put(
                "/api/address/MINER/history",
                busiest.stream().map("/api/address/%s/history"::formatted).toList());
        kinds.put(
                "/api/address/MINER/balances",
                busiest.stream().map("/api/address/%s/balances"::formatted).toList());
        return kinds;
    }

    private static void put(Map<String, List<String>> kinds, String pattern, List<String> names) {
        kinds.put(pattern, names.stream().map(pattern::formatted).toList());
    }
}
