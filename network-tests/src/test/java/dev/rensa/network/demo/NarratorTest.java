package dev.rensa.network.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Narrator narrator = new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));

    @Test
    void shouldTellTheStepsInOrder() {
        narrator.tell(List.of(
                new Step("A comes", () -> narrator.say("%s is here", "A")),
                new Step("B comes", () -> narrator.say("B"))));

        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""

                1. A comes
                   A is here

                2. B comes
                   B
                """);
    }

    @Test
    void shouldEndAtTheFirstStepThatDoesNotHold() {
        AtomicInteger later = new AtomicInteger();
        List<Step> steps = List.of(
                new Step("A has a coin", () -> Narrator.check(false, "A has %d", 0)),
                new Step("A spends it", later::incrementAndGet));

        assertThatThrownBy(() -> narrator.tell(steps))
                .isInstanceOf(StoryBrokenException.class)
                .hasMessage("A has 0");
        assertThat(later).hasValue(0);
    }

    @Test
    void shouldSayWhatWasSeenWhenWaitingWasInVain() {
        assertThatThrownBy(() -> Narrator.await(Duration.ofMillis(50), () -> false, () -> "The block is nowhere"))
                .isInstanceOf(StoryBrokenException.class)
                .hasMessageMatching("The block is nowhere, even after [0-9]+\\.[0-9]+.*");
    }

    @Test
    void shouldMeasureHowLongItWaited() {
        AtomicInteger asked = new AtomicInteger();

        Duration taken = Narrator.await(Duration.ofSeconds(10), () -> asked.incrementAndGet() > 2, () -> "");

        assertThat(taken).isBetween(Duration.ofMillis(30), Duration.ofSeconds(5));
    }
}
