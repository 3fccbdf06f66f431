package dev.rensa.wallet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private long now;
    private final Quota quota = new Quota(10, Duration.ofSeconds(1), new Clock() {
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
    void shouldHoldSoMuchForEachNameWithinItsWindow() {
        assertThat(quota.take("a", 7)).isTrue();
        assertThat(quota.take("a", 4)).isFalse();
        assertThat(quota.take("a", 3)).isTrue();
        assertThat(quota.take("b", 10)).isTrue();

        now = 999;
        assertThat(quota.take("a", 1)).isFalse();
        now = 1000;
        assertThat(quota.take("a", 10)).isTrue();
    }

    @Test
    void shouldTakeBackWhatWasNotUsed() {
        assertThat(quota.take("a", 10)).isTrue();

        quota.giveBack("a", 4);
        quota.giveBack("nobody", 4);

        assertThat(quota.take("a", 5)).isFalse();
        assertThat(quota.take("a", 4)).isTrue();
        quota.giveBack("a", 100);
        assertThat(quota.take("a", 11)).isFalse();
    }

    @Test
    void shouldNotOverflow() {
        assertThat(quota.take("a", 1)).isTrue();
        assertThat(quota.take("a", Long.MAX_VALUE)).isFalse();
    }
}
