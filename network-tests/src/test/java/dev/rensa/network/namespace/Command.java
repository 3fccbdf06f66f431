package dev.rensa.network.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the system that does one thing and ends. */
final class Command {

    /** Each takes milliseconds; this only ends what hangs. */
    private static final long LIMIT_SECONDS = 20;

    private Command() {}

    /** What it wrote, errors included, and how it ended; a program that is not there counts as one that failed. */
    record Answer(int exitCode, String output) {}

    static Answer ask(String... command) {
        return ask("", command);
    }

    private static Answer ask(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
                out.write(input);
            }
            String output;
            try (var in = process.inputReader(StandardCharsets.UTF_8)) {
                output = in.readAllAsString();
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(List.of(command) + " did not end");
            }
            return new Answer(process.exitValue(), output);
        } catch (IOException e) {
            return new Answer(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A command that must succeed. */
    static void run(String... command) {
        orFail(ask(command), List.of(command));
    }

    /**
     * Several commands of ip(8) in one namespace, the first that fails ends them.
     *
     * @param namespace empty: the one that this process is in
     */
    static void ip(String namespace, String... lines) {
        List<String> command =
                namespace.isEmpty() ? List.of("ip", "-batch", "-") : List.of("ip", "-n", namespace, "-batch", "-");
        orFail(ask(String.join("\n", lines) + "\n", command.toArray(String[]::new)), List.of(lines));
    }

    private static void orFail(Answer answer, List<String> command) {
        if (answer.exitCode() != 0) {
            throw new UncheckedIOException(
                    new IOException("%s ended with %d: %s".formatted(command, answer.exitCode(), answer.output())));
        }
    }
}
