package dev.rensa.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** What a figure was measured on. */
final class Machine {

    private static final double GIBIBYTE = 1L << 30;

    private Machine() {}

    /** Date, commit, processor, cores, memory, system and JDK in one line. */
    static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, commit %s; %s, %d cores, %.0f GiB; %s %s; JDK %s",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("bench.commit", "unknown"),
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes() / GIBIBYTE,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }

    private static double memoryBytes() {
        String total = field("/proc/meminfo", "MemTotal", "0 kB");
        return Double.parseDouble(total.substring(0, total.indexOf(' '))) * 1_024;
    }

    /** A field of one of Linux' tables; the fallback on other systems. */
    private static String field(String file, String name, String fallback) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(fallback);
        } catch (IOException e) {
            return fallback;
        }
    }
}
