package dev.rensa.network.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged Quarkus service as a process, its output in a file. */
public final class ServiceProcess {

    private static final Duration STOP_BOUND = Duration.ofSeconds(15);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Process process;
    private final Path log;

    private ServiceProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a service.
     *
     * @param module folder of its Maven module, for example {@code node-service}
     * @param settings system properties of the service
     */
    public static ServiceProcess start(String name, String module, Path log, Map<String, String> settings) {
        return start(name, module, log, List.of(), settings);
    }

    /**
     * Starts a service.
     *
     * @param jvmOptions for its JVM, beside those that every service gets
     */
    static ServiceProcess start(
            String name, String module, Path log, List<String> jvmOptions, Map<String, String> settings) {
        return startBy(List.of(), name, module, log, jvmOptions, settings);
    }

    /**
     * Starts a service by way of another program, which must become the JVM and not its parent.
     *
     * @param launcher that program with its arguments; the JVM's command line is put behind them
     */
    public static ServiceProcess startBy(
            List<String> launcher,
            String name,
            String module,
            Path log,
            List<String> jvmOptions,
            Map<String, String> settings) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(packaged(module).toString());
        try {
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            return new ServiceProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path packaged(String module) {
        for (String root : List.of("..", ".")) {
            Path jar = Path.of(root, module, "target", "quarkus-app", "quarkus-run.jar");
            if (Files.exists(jar)) {
                return jar.toAbsolutePath().normalize();
            }
        }
        throw new IllegalStateException(module + " is not packaged; run ./mvnw package first");
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    long id() {
        return process.pid();
    }

    double metric(int managementPort, String seriesPrefix) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + managementPort + "/q/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(seriesPrefix))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    /** CPU time that it has used since its start; zero once it has ended. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Waits until the liveness probe on the management port answers 200: it serves, but may still be catching up. */
    public void awaitLive(int managementPort, Duration bound) {
        awaitProbe("live", managementPort, bound);
    }

    /** Waits until the readiness probe on the management port answers 200. */
    public void awaitReady(int managementPort, Duration bound) {
        awaitProbe("ready", managementPort, bound);
    }

    /** The same for a service that does not listen on loopback. */
    public void awaitReady(URI management, Duration bound) {
        awaitProbe("ready", management, bound);
    }

    private void awaitProbe(String probe, int managementPort, Duration bound) {
        awaitProbe(probe, URI.create("http://127.0.0.1:" + managementPort), bound);
    }

    private void awaitProbe(String probe, URI management, Duration bound) {
        Await.until(name + " is " + probe, bound, this::logTail, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ": " + logTail());
            }
            return status(management.resolve("/q/health/" + probe)) == 200;
        });
    }

    /** SIGKILL: no shutdown code runs. Returns once the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and SIGKILL if it has not ended within fifteen seconds. */
    public void stop() {
        stop(STOP_BOUND);
    }

    /** SIGTERM, and SIGKILL if it has not ended within the bound. */
    void stop(Duration bound) {
        process.destroy();
        try {
            if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /**
     * SIGTERM. Returns the status that the process ended with.
     *
     * @throws AssertionError if it has not ended within the bound
     */
    public int terminate(Duration bound) {
        process.destroy();
        return awaitEnd(bound);
    }

    /**
     * Waits until the process has ended by itself; returns its status.
     *
     * @throws AssertionError if it has not within the bound
     */
    public int awaitEnd(Duration bound) {
        Await.until(name + " has ended", bound, this::logTail, () -> !process.isAlive());
        return process.exitValue();
    }

    public Path log() {
        return log;
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int status(URI uri) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "no log at " + log;
        }
    }
}
