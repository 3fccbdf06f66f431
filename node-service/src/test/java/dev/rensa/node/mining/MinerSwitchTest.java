package dev.rensa.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinerSwitchTest {

    private static final Duration TIME = Duration.ofMinutes(15);
    private static final long NOW = Long.MAX_VALUE - 7;

    private final MinerSwitch miner = new MinerSwitch(true);

    @Test
    void shouldGoOnByItselfBehindARestForATime() {
        miner.rest(TIME, NOW);

        assertThat(miner.isOn(NOW)).isFalse();
        assertThat(miner.isOn(NOW + TIME.toNanos() - 1)).isFalse();
        assertThat(miner.isOn(NOW + TIME.toNanos())).isTrue();
    }

    @Test
    void shouldRestLongerWhenToldAgain() {
        miner.rest(TIME, NOW);
        miner.rest(TIME, NOW + 5);

        assertThat(miner.isOn(NOW + TIME.toNanos())).isFalse();
        assertThat(miner.isOn(NOW + TIME.toNanos() + 5)).isTrue();
    }

    @Test
    void shouldStayOffWhereSomebodyTurnedItOff() {
        miner.turn(false);
        miner.rest(TIME, NOW);

        assertThat(miner.isOn(NOW + TIME.toNanos())).isFalse();
    }

    @Test
    void shouldObeyTheLastOrder() {
        miner.rest(TIME, NOW);
        miner.turn(true);
        assertThat(miner.isOn(NOW)).isTrue();

        miner.rest(TIME, NOW);
        miner.turn(false);
        assertThat(miner.isOn(NOW + TIME.toNanos())).isFalse();
    }
}
