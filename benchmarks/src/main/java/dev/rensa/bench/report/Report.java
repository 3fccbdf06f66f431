package dev.rensa.bench.report;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run measured: each figure is printed at once, all of them are written as a Markdown table at the end. */
public final class Report {

    private final List<Figure> figures = new ArrayList<>();
    private final double firstCeiling;
    private double lastCeiling;

    /** Measures the ceiling first, so that every figure of the run has the machine of the moment beside it. */
    public Report() {
        this.firstCeiling = SignatureCeiling.measure();
        this.lastCeiling = firstCeiling;
        say("%s", Machine.describe());
        say("signature checks a second, all cores: %,.0f", firstCeiling);
        say("%-2s %-52s %22s %12s %7s  %s", "", "", "measured", "ceiling", "ratio", "");
    }

    /** Verifications a second on all cores, as measured last. */
    public double signatureCeiling() {
        return lastCeiling;
    }

    /**
     * Measures the ceiling again: a machine that others share is not the same for long.
     *
     * @return the mean of this measurement and the one before, between which something else was measured
     */
    public double ceilingAround() {
        double before = lastCeiling;
        lastCeiling = SignatureCeiling.measure();
        return (before + lastCeiling) / 2;
    }

    /** Prints a figure and keeps it for the table. */
    public void add(Figure figure) {
        figures.add(figure);
        say(
                "%-2s %-52s %22s %12s %7s  %s",
                figure.part(),
                figure.what(),
                figure.valueText(),
                figure.ceilingText(),
                figure.ratioText(),
                figure.note());
    }

    /** Tells how a long part goes on. */
    public void progress(String text) {
        say("   … %s", text);
    }

    /** Writes all figures, with machine, JDK and commit. */
    public void writeMarkdown(Path file) throws IOException {
        StringBuilder text = new StringBuilder(1_024);
        text.append(Machine.describe()).append("\n\n");
        text.append(String.format(
                Locale.ROOT, "Signature checks a second on all cores when the run began: %,.0f.%n%n", firstCeiling));
        text.append("| | what | measured | ceiling | ratio | |\n|---|---|---:|---:|---:|---|\n");
        for (Figure figure : figures) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            figure.part(),
                            figure.what(),
                            figure.valueText(),
                            figure.ceilingText(),
                            figure.ratioText(),
                            figure.note()))
                    .append(" |\n");
        }
        Files.writeString(file, text);
    }

    @FormatMethod
    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }
}
