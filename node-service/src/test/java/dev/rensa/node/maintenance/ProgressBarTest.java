package dev.rensa.node.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private long nowNanos;

    @Test
    void shouldDrawOneLineAgainAndAgainOnATerminal() {
        ProgressBar bar = new ProgressBar(out, true, () -> nowNanos);

        for (int done = 1; done <= 50; done++) {
            bar.at("blocks", done, 200);
            nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        }

        assertThat(text())
                .doesNotContain("\n")
                .contains("\r[#######.......................]  24 %  49 of 200 blocks  10/s  16 s left");
        bar.say("Done.");
        assertThat(text()).endsWith("\nDone.\n");
    }

    @Test
    void shouldSayAPlainLineNowAndThenElsewhere() {
        ProgressBar bar = new ProgressBar(out, false, () -> nowNanos);

        for (int done = 1; done <= 250; done++) {
            bar.at("blocks", done, 10_000);
            nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        }

        assertThat(text()).doesNotContain("\r").doesNotContain("[");
        assertThat(text().lines())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("  1 %  101 of 10,000 blocks  10/s  16 min left");
    }

    @Test
    void shouldCountWhatHasNoKnownEnd() {
        ProgressBar bar = new ProgressBar(out, false, () -> nowNanos);

        bar.at("headers", 1, 2);
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        bar.at("entries of accounts", 1_000, 0);
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        bar.finish();

        assertThat(text().lines())
                .containsExactly(" 50 %  1 of 2 headers  1/s  1 s left", "1,000 entries of accounts  1/s");
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
