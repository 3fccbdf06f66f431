package dev.rensa.network.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Docker or podman.
 *
 * @param environment what it needs beside this process's own
 */
record ContainerEngine(String program, Map<String, String> environment) {

    /** The slowest call waits for three blocks on a machine that is busy; this only ends what hangs. */
    private static final long LIMIT_SECONDS = 300;

    /** Podman where its usual runtime, its usual limits or its older networks are refused, as inside of another container. */
    private static final String RESTRAINED = """
            [engine]
            runtime = "runc"
            [containers]
            default_ulimits = ["nofile=1024:10000", "nproc=1000:1000"]
            [network]
            network_backend = "netavark"
            """;

    /** What a call answered. */
    record Answer(int exitCode, String output, String errors) {
        boolean succeeded() {
            return exitCode == 0;
        }

        String orFail() {
            if (!succeeded()) {
                throw new AssertionError("It ended with " + exitCode + ": " + errors + output);
            }
            return output;
        }
    }

    /** The first that answers. */
    static Optional<ContainerEngine> find() {
        return Stream.of("docker", "podman")
                .map(program -> new ContainerEngine(program, Map.of()))
                .filter(engine -> engine.call("info").succeeded())
                .findFirst();
    }

    /** This engine, set up so that it runs the image here; what it was set up with lies in the folder. */
    ContainerEngine ableToRun(String image, Path folder) {
        String name = "rensa-attempt-" + ProcessHandle.current().pid();
        String[] attempt = {"run", "--rm", "--name", name, "--pull=never", "--entrypoint", "java", image, "-version"};
        Answer asItIs = call(attempt);
        // A container that could not be started stays.
        call("rm", "--force", name);
        if (asItIs.succeeded() || !program.equals("podman")) {
            asItIs.orFail();
            return this;
        }
        try {
            Path configuration = Files.writeString(folder.resolve("containers.conf"), RESTRAINED);
            ContainerEngine restrained =
                    new ContainerEngine(program, Map.of("CONTAINERS_CONF", configuration.toString()));
            restrained.call(attempt).orFail();
            return restrained;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of a call that must succeed. */
    String run(String... arguments) {
        return call(arguments).orFail();
    }

    Answer call(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.errorReader()));
            String output = read(process.inputReader());
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            return new Answer(process.exitValue(), output, errors.join());
        } catch (IOException e) {
            return new Answer(-1, "", e.toString());
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
