package dev.rensa.network.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A way to install the chart: one of its {@code ci/*-values.yaml}. */
record Scenario(String name) {

    private static final Map<Scenario, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    static final Scenario DEFAULT = new Scenario("default");
    static final Scenario MINIMAL = new Scenario("minimal");
    static final Scenario PERMISSIONED = new Scenario("permissioned");
    static final Scenario PRODUCTION = new Scenario("production");

    static Stream<Scenario> all() {
        try (Stream<Path> files = Files.list(KubeTools.CHART.resolve("ci"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .map(file -> new Scenario(file.replace("-values.yaml", "")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String values() {
        return KubeTools.CHART.resolve("ci/" + name + "-values.yaml").toString();
    }

    /** What Helm would install, on a cluster with Prometheus' operator and the Gateway API. */
    List<Manifest> objects() {
        return RENDERED.computeIfAbsent(this, _ -> render());
    }

    Manifest object(String kind, String name) {
        return find(objects(), kind, name);
    }

    static Manifest find(List<Manifest> among, String kind, String name) {
        return among.stream()
                .filter(object -> object.kind().equals(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name + " among " + among));
    }

    List<Manifest> render(String... more) {
        return render(KubeTools.CHART, more);
    }

    /** The same of another version of the chart. */
    List<Manifest> renderFrom(Path chart) {
        return render(chart);
    }

    private List<Manifest> render(Path chart, String... more) {
        String[] usual = {
            "template",
            "rensa",
            chart.toString(),
            "--namespace",
            "chain",
            "--values",
            values(),
            "--api-versions",
            "monitoring.coreos.com/v1",
            "--api-versions",
            "gateway.networking.k8s.io/v1"
        };
        return Manifest.allOf(
                KubeTools.helm(Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new))
                        .orFail());
    }

    @Override
    public String toString() {
        return name;
    }
}
