package dev.rensa.bench.explorer;

import dev.rensa.bench.report.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks an explorer at a steady rate, one kind of call after another. Times count from when a call was due, so one that has to
 * wait behind a slow one shows it.
 */
final class Calls {

    static final int A_SECOND = 50;
    private static final int MAX_WARM_UP_SECONDS = 60;
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** Seconds to warm up before so many: as long, a minute at most, which compiles what the kinds share. */
    static int warmUp(int seconds) {
        return Math.min(MAX_WARM_UP_SECONDS, seconds);
    }

    private final Map<String, List<Double>> millis = new TreeMap<>();

    /** Paths of each kind, by the kind's name; each call takes the kind's next one. */
    void run(LocalExplorer explorer, Map<String, List<String>> kinds, int seconds) {
        List<Map.Entry<String, List<String>>> all = List.copyOf(kinds.entrySet());
        all.forEach(kind -> millis.put(kind.getKey(), new ArrayList<>()));
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            for (int i = 0; i < seconds * A_SECOND; i++) {
                long due = began + i * (TimeUnit.SECONDS.toNanos(1) / A_SECOND);
                LockSupport.parkNanos(due - System.nanoTime());
                String name = all.get(i % all.size()).getKey();
                List<String> paths = all.get(i % all.size()).getValue();
                URI uri = explorer.at(paths.get(i / all.size() % paths.size()));
                threads.execute(() -> call(http, name, uri, due));
            }
        }
    }

    private void call(HttpClient http, String name, URI uri, long dueNanos) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(BOUND).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answers " + answer.statusCode());
            }
            double took = (System.nanoTime() - dueNanos) / 1e6;
            synchronized (millis) {
                times(name).add(took);
            }
        } catch (IOException | IllegalStateException e) {
            // Counted as the longest time that there is, so that a figure never hides it.
            System.err.println(uri + ": " + e.getMessage());
            synchronized (millis) {
                times(name).add((double) BOUND.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Double> times(String name) {
        return Objects.requireNonNull(millis.get(name), name);
    }

    /** The time within which this share of all calls of all kinds was answered, in milliseconds. */
    double at(double share) {
        return at(
                millis.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .toArray(),
                share);
    }

    double at(String name, double share) {
        return at(times(name).stream().mapToDouble(Double::doubleValue).toArray(), share);
    }

    /** The kind whose slowest hundredth is slowest. */
    String slowest() {
        return millis.keySet().stream()
                .max((one, other) -> Double.compare(at(one, 0.99), at(other, 0.99)))
                .orElseThrow();
    }

    void tell(Report report) {
        millis.forEach((name, times) -> report.progress(String.format(
                Locale.ROOT,
                "%-28s %5d calls, p50 %6.1f ms, p99 %6.1f ms",
                name,
                times.size(),
                at(name, 0.5),
                at(name, 0.99))));
    }

    private static double at(double[] times, double share) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
