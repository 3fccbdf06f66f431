package dev.rensa.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchUpSpeedTest {

    private final CatchUpSpeed speed = new CatchUpSpeed();

    @Test
    void shouldMeasureTheLastSecondsAndForgetWhatWasBefore() {
        long now = 1_000_000;
        for (int second = 0; second < 60; second++) {
            speed.note(now, 10, second < 30 ? 5_000 : 1_000);
            now += 1_000;
        }

        assertThat(speed.blocksPerSecond(now)).isBetween(9.0, 11.0);
        assertThat(speed.transactionsPerSecond(now)).isBetween(900.0, 1_100.0);
        assertThat(speed.blocksPerSecond(now + CatchUpSpeed.WINDOW_MILLIS + 1)).isZero();
    }

    @Test
    void shouldNotTakeOneBlockForAHundredASecond() {
        speed.note(5_000, 1, 7);

        assertThat(speed.transactionsPerSecond(5_010)).isEqualTo(7);
    }
}
