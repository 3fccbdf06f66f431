package dev.rensa.node.app;

import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.maintenance.ChainExport;
import dev.rensa.node.maintenance.ChainImport;
import dev.rensa.node.maintenance.MaintenanceException;
import dev.rensa.node.maintenance.ProgressBar;
import dev.rensa.node.maintenance.StoreCheck;
import dev.rensa.node.store.RocksStorage;
import dev.rensa.protocol.genesis.Genesis;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the node's program does instead of running a node when it is given a command: it works on the data directory of a
 * node that is stopped, with the node's own settings, and opens no port.
 */
final class MaintenanceCommands {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private static final String USAGE = """
            Usage, on the data directory (rensa.data-dir) of a node that is stopped:

              verify [--signatures]   check the whole store: files, headers, blocks, indexes, accounts; with --signatures
                                      every signature too
              export FILE             write the canonical chain into a file
              import FILE             take the blocks of such a file in, each judged as if a peer had sent it
              help                    this text

            Settings are the node's: -Drensa.data-dir=…, RENSA_DATA_DIR, config/application.properties.
            Without a command a node is started.
            """;

    private final Supplier<NodeConfig> settings;
    private final PrintStream out;
    private final PrintStream err;
    private final ProgressBar progress;

    /**
     * Prepares.
     *
     * @param settings read when a command needs them
     */
    MaintenanceCommands(Supplier<NodeConfig> settings, PrintStream out, PrintStream err, boolean terminal) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.progress = new ProgressBar(out, terminal, System::nanoTime);
    }

    /** With the settings that a node would have, on the standard streams. */
    @SuppressWarnings("SystemConsoleNull") // Java 25 answers null again where nobody watches (JDK-8351435).
    static MaintenanceCommands ofProcess() {
        Console console = System.console();
        return new MaintenanceCommands(
                MaintenanceCommands::readSettings, System.out, System.err, console != null && console.isTerminal());
    }

    private static NodeConfig readSettings() {
        try {
            return ConfigUtils.configBuilder()
                    .withMapping(NodeConfig.class)
                    .build()
                    .getConfigMapping(NodeConfig.class);
        } catch (ConfigValidationException e) {
            throw new CannotStartException("A setting is refused: " + e.getMessage());
        }
    }

    /** Runs a command; returns the status that the process should end with. */
    int run(List<String> arguments) {
        try {
            return switch (arguments) {
                case List<String> all when all.equals(List.of("verify")) -> verify(false);
                case List<String> all when all.equals(List.of("verify", "--signatures")) -> verify(true);
                case List<String> all when is(all, "export") -> export(Path.of(all.get(1)));
                case List<String> all when is(all, "import") -> take(Path.of(all.get(1)));
                case List<String> all
                when all.equals(List.of("help")) -> {
                    out.print(USAGE);
                    yield DONE;
                }
                default -> {
                    err.println("There is no command '" + String.join(" ", arguments) + "'.");
                    err.print(USAGE);
                    yield MISUSED;
                }
            };
        } catch (MaintenanceException | CannotStartException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (StorageException e) {
            err.println("The chain cannot be used (rensa.data-dir): " + e.getMessage() + ".");
            return FAILED;
        } catch (InvalidPathException e) {
            err.println("That is not a file's name: " + e.getMessage());
            return MISUSED;
        }
    }

    private static boolean is(List<String> arguments, String command) {
        return arguments.size() == 2 && arguments.getFirst().equals(command);
    }

    private int verify(boolean signatures) {
        NodeConfig config = settings.get();
        Genesis genesis = GenesisChoice.of(config);
        try (RocksStorage storage = RocksStorage.open(existingStore(config))) {
            new StoreCheck(genesis, signatures, progress)
                    .run(storage, config.dataDir().resolve("verify-scratch"));
        }
        return DONE;
    }

    private int export(Path file) {
        NodeConfig config = settings.get();
        Genesis genesis = GenesisChoice.of(config);
        try (RocksStorage storage = RocksStorage.open(existingStore(config))) {
            ChainExport.run(Chain.open(genesis, storage, config.maxReorgDepth()), file, progress);
        }
        return DONE;
    }

    private int take(Path file) {
        NodeConfig config = settings.get();
        Genesis genesis = GenesisChoice.of(config);
        try (RocksStorage storage = RocksStorage.open(RunningNode.chainDirectory(config), false)) {
            Chain chain = Chain.open(genesis, storage, config.maxReorgDepth());
            new ChainImport(chain, storage::persist, InstantSource.system(), progress).run(file);
        }
        return DONE;
    }

    private static Path existingStore(NodeConfig config) {
        Path directory = RunningNode.chainDirectory(config);
        if (!RocksStorage.exists(directory)) {
            throw new CannotStartException(
                    "There is no node's data in " + config.dataDir().toAbsolutePath()
                            + " (rensa.data-dir): name the directory of a node that was started once.");
        }
        return directory;
    }
}
