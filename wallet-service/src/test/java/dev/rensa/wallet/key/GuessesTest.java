package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GuessesTest {

    private long now;

    private final Guesses guesses = new Guesses(new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void shouldMakeWhoeverGuessesWaitTwiceAsLongEachTimeUpToAMinute() {
        for (int i = 0; i <= Guesses.FREE; i++) {
            guessWrong();
        }
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            now += seconds * 1000 - 1;
            assertThatThrownBy(() -> guesses.attempt(() -> "right"))
                    .isInstanceOfSatisfying(
                            TooManyGuessesException.class,
                            e -> assertThat(e.waitSeconds()).isOne());
            now += 1;
            guessWrong();
        }
    }

    @Test
    void shouldForgetTheWrongOnesBehindARightOne() {
        for (int i = 0; i < Guesses.FREE; i++) {
            guessWrong();
        }
        assertThat(guesses.attempt(() -> "right")).isEqualTo("right");

        for (int i = 0; i < Guesses.FREE; i++) {
            guessWrong();
        }
        assertThat(guesses.attempt(() -> "right")).isEqualTo("right");
    }

    @Test
    void shouldLetOneBeTriedAtATime() {
        guesses.attempt(() -> {
            assertThatThrownBy(() -> guesses.attempt(() -> "second")).isInstanceOf(TooManyGuessesException.class);
            return "first";
        });
    }

    private void guessWrong() {
        assertThatThrownBy(() -> guesses.attempt(() -> {
                    throw new WrongSecretException("wrong", new VaultException("wrong"));
                }))
                .isInstanceOf(WrongSecretException.class);
    }
}
