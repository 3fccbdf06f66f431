package dev.rensa.network.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Calls {@code ./rensa} as a person would. */
public final class RensaScript {
    /** Longer than the slowest command, a first build without any library downloaded. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final Path script;
    private final Map<String, String> environment;

    private RensaScript(Path script, Map<String, String> environment) {
        this.script = script;
        this.environment = Map.copyOf(environment);
    }

    /** The script in its own environment, which is this process's. */
    public static RensaScript at(Path script) {
        return new RensaScript(script, System.getenv());
    }

    /** The same script with one more variable set. */
    public RensaScript with(String variable, Object value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(variable, value.toString());
        return new RensaScript(script, changed);
    }

    /** The same script without a variable. */
    public RensaScript without(String variable) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.remove(variable);
        return new RensaScript(script, changed);
    }

    /** Runs a command to its end; whoever answers its questions has nothing to say. */
    public Outcome run(String... arguments) {
        return runAnswering("", arguments);
    }

    /**
     * Runs a command to its end.
     *
     * @param answers what stands on its standard input, each answer with its line feed
     */
    public Outcome runAnswering(String answers, String... arguments) {
        List<String> command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
            try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
                input.write(answers);
            }
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("%s did not end within %d s".formatted(command, LIMIT.toSeconds()));
            }
            return new Outcome(process.exitValue(), output.join());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be run".formatted(command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("%s was interrupted".formatted(command), e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a command ended.
     *
     * @param output what it wrote, errors included
     */
    public record Outcome(int exitCode, String output) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }
}
