package dev.rensa.bench;

import dev.rensa.bench.confirm.ConfirmBench;
import dev.rensa.bench.explorer.ExplorerBench;
import dev.rensa.bench.explorer.LiveBench;
import dev.rensa.bench.propagation.PropagationBench;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.start.StartBench;
import dev.rensa.bench.store.ChainFiles;
import dev.rensa.bench.store.StoreBench;
import dev.rensa.bench.submission.SubmissionBench;
import dev.rensa.bench.sync.SyncBench;
import dev.rensa.bench.wallet.WalletBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./rensa bench}: what the options ask for, one part after another, each figure beside the machine's ceiling. */
public final class Bench {

    /** Fifty nodes in this process have nothing to say; kept here, since a logger that nobody holds forgets its level. */
    private static final Logger NODES = Logger.getLogger("dev.rensa.node");

    private Bench() {}

    /** Takes a folder for what is generated, then what {@link Options} describes. */
    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        NODES.setLevel(Level.WARNING);
        Files.createDirectories(work);
        Report report = new Report();
        for (char part : options.parts().toCharArray()) {
            run(part, report, work, options);
        }
        if (!options.markdown().isEmpty()) {
            report.writeMarkdown(Path.of(options.markdown()));
        }
        // Vert.x and the clients keep threads of their own.
        System.exit(0);
    }

    private static void run(char part, Report report, Path work, Options options) {
        Path run = work.resolve("run-" + part);
        ChainFiles.delete(run);
        switch (part) {
            case 'a' ->
                options.networks()
                        .forEach(nodes -> ConfirmBench.run(
                                report, run.resolve("nodes-" + nodes), nodes, Duration.ofSeconds(options.seconds())));
            case 'b' -> new SyncBench(report, work).run(options.transfers(), options.accounts(), options.peers());
            case 'c' -> options.nodes().forEach(nodes -> PropagationBench.run(report, nodes, options.blockBytes()));
            case 'd' -> {
                StoreBench stores = new StoreBench(report, work);
                stores.runEmpty();
                options.storeBlocks().forEach(stores::runBlocks);
                options.storeAccounts().forEach(stores::runAccounts);
            }
            case 'e' -> StartBench.run(report, run);
            case 'f' -> SubmissionBench.run(report, run, options.submissions());
            case 'g' -> ExplorerBench.run(report, run, options.transfers(), options.accounts(), options.seconds());
            case 'h' -> LiveBench.run(report, run, options.seconds());
            case 'i' -> WalletBench.run(report, run, options.walletTransfers());
            default -> throw new IllegalArgumentException("there is no part " + part);
        }
        ChainFiles.delete(run);
    }
}
