package dev.rensa.network.deploy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheus.PrometheusNamingConvention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meters of docs/metrics.md. */
// It is the deprecated registry that Quarkus exposes metrics by, and names are as that one makes them.
@SuppressWarnings("deprecation")
final class DocumentedMeters {

    private static final Pattern ROW = Pattern.compile("\\| `(rensa[a-z.]*)` \\| ([a-z ]+?) \\| ([a-z]*) ?\\|.*");
    private static final PrometheusNamingConvention NAMES = new PrometheusNamingConvention();

    private final Set<String> meters = new TreeSet<>();
    private final Set<String> series = new TreeSet<>();

    DocumentedMeters() {
        try {
            for (String line : Files.readAllLines(KubeTools.ROOT.resolve("docs/metrics.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    meters.add(row.group(1));
                    addSeries(
                            row.group(1),
                            Meter.Type.valueOf(
                                    row.group(2).toUpperCase(Locale.ROOT).replace(' ', '_')),
                            row.group(3));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addSeries(String name, Meter.Type type, String unit) {
        String base = NAMES.name(name, type, unit.isEmpty() ? null : unit);
        if (type == Meter.Type.DISTRIBUTION_SUMMARY || type == Meter.Type.TIMER) {
            series.add(base + "_count");
            series.add(base + "_sum");
            series.add(base + "_max");
        } else {
            series.add(base);
        }
    }

    /** Names as the services register them. */
    Set<String> meters() {
        return meters;
    }

    /** Names as Prometheus has them. */
    Set<String> series() {
        return series;
    }
}
