package dev.rensa.network.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rensa.network.process.RensaScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Helm and kubectl, as {@code ./rensa} fetches them; without them a test is skipped. */
final class KubeTools {

    static final Path ROOT = Path.of(System.getProperty("rensa.root"));
    static final Path CHART = ROOT.resolve("helm/rensa");

    /** Each call takes a tenth of a second; this only ends what hangs. */
    private static final long LIMIT_SECONDS = 60;

    private static final class Holder {
        private static final RensaScript.Outcome FOUND = rensa().run("chart", "tools");
    }

    private KubeTools() {}

    /** The script of this checkout. */
    static RensaScript rensa() {
        return RensaScript.at(ROOT.resolve("rensa")).with("JAVA_HOME", System.getProperty("java.home"));
    }

    /** What a call answered. */
    record Answer(int exitCode, String output, String errors) {
        /** The output of a call that must have succeeded. */
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("It ended with " + exitCode + ": " + errors + output);
            }
            return output;
        }
    }

    static Answer helm(String... arguments) {
        return call("helm", arguments);
    }

    static Answer kubectl(String... arguments) {
        return call("kubectl", arguments);
    }

    private static Answer call(String tool, String... arguments) {
        RensaScript.Outcome found = Holder.FOUND;
        assumeTrue(found.succeeded(), () -> "Tests of the chart are skipped: " + found.output());
        Path binary = Path.of(found.output().strip()).resolve(tool);
        List<String> command = Stream.concat(Stream.of(binary.toString()), Stream.of(arguments))
                .toList();
        try {
            Process process =
                    new ProcessBuilder(command).directory(ROOT.toFile()).start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.errorReader()));
            String output = read(process.inputReader(StandardCharsets.UTF_8));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            return new Answer(process.exitValue(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(BufferedReader reader) {
        try (reader) {
            return reader.readAllAsString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
