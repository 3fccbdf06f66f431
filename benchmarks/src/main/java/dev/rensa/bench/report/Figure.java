package dev.rensa.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One line of a report.
 *
 * @param part the letter of the benchmark
 * @param what what was measured, in words
 * @param value in {@code unit}
 * @param unit for example {@code transfers/s}
 * @param ceiling in the same unit, where there is one
 * @param note what else is worth knowing
 */
public record Figure(String part, String what, double value, String unit, OptionalDouble ceiling, String note) {

    /** A figure that stands beside its ceiling. */
    public static Figure of(String part, String what, double value, String unit, double ceiling, String note) {
        return new Figure(part, what, value, unit, OptionalDouble.of(ceiling), note);
    }

    /** A figure that has no ceiling. */
    public static Figure of(String part, String what, double value, String unit, String note) {
        return new Figure(part, what, value, unit, OptionalDouble.empty(), note);
    }

    String valueText() {
        return number(value) + " " + unit;
    }

    String ceilingText() {
        return ceiling.isPresent() ? number(ceiling.getAsDouble()) : "";
    }

    String ratioText() {
        return ceiling.isPresent() ? String.format(Locale.ROOT, "%.0f %%", 100 * value / ceiling.getAsDouble()) : "";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
