package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What bodies hold of the memory, and how fast they must come. */
class ArrivingBodyTest {
    private static final int MIB = 1 << 20;
    private static final long LOOK_MILLIS = 500;

    private final BodyMemory memory = new BodyMemory(32 * MIB);
    private long nowMillis = 1_000_000;

    @Test
    void shouldHoldOnlyWhatHasArrived() {
        ArrivingBody idle = body("10.0.0.1");
        ArrivingBody other = body("10.0.0.2");

        assertThat(idle.arrived(1)).isTrue();
        assertThat(memory.hasRoom("10.0.0.3", 16 * MIB, nowMillis)).isTrue();
        assertThat(other.arrived(16 * MIB)).isTrue();
        assertThat(body("10.0.0.3").arrived(16 * MIB)).isFalse();

        other.ended();
        assertThat(body("10.0.0.3").arrived(16 * MIB)).isTrue();
    }

    @Test
    void shouldLeaveHalfToOtherAddresses() {
        assertThat(body("10.0.0.1").arrived(10 * MIB)).isTrue();

        assertThat(body("10.0.0.1").arrived(7 * MIB)).isFalse();
        assertThat(body("10.0.0.2").arrived(16 * MIB)).isTrue();
    }

    @Test
    void shouldKnowThisMachineAsNoAddress() {
        assertThat(body(null).arrived(20 * MIB)).isTrue();

        assertThat(body(null).arrived(12 * MIB)).isTrue();
        assertThat(body(null).arrived(1)).isFalse();
    }

    @Test
    void shouldLetABodyRestUntilOthersAreRefused() {
        ArrivingBody body = body(null);
        body.readingBegins();
        body.arrived(31 * MIB);

        assertThat(restsAtMostMillis(body, 30_000, false)).isEqualTo(30_000);
        assertThat(restsAtMostMillis(body, 30_000, true)).isBetween(2_000L, 3_000L);
    }

    @Test
    void shouldNotBeSatisfiedWithALittleNowAndThen() {
        ArrivingBody body = body(null);
        body.readingBegins();
        body.arrived(31 * MIB);
        int looks = 0;
        boolean left = false;
        for (; looks < 20 && !left; looks++) {
            refuseSomebody();
            body.arrived(1_000);
            nowMillis += LOOK_MILLIS;
            left = body.isTooSlow();
        }

        assertThat(left).isTrue();
        assertThat(looks).isLessThan(8);
    }

    @Test
    void shouldBeSatisfiedWithASteadyPace() {
        ArrivingBody body = body(null);
        body.readingBegins();
        body.arrived(20 * MIB);

        for (int look = 0; look < 80; look++) {
            refuseSomebody();
            assertThat(body.arrived(CrowdedPace.MIN_BYTES_PER_SECOND * LOOK_MILLIS / 1_000))
                    .isTrue();
            nowMillis += LOOK_MILLIS;
            assertThat(body.isTooSlow()).isFalse();
        }
    }

    @Test
    void shouldNotBlameABodyThatNobodyReadsYet() {
        ArrivingBody body = body(null);

        assertThat(restsAtMostMillis(body, 50_000, true)).isEqualTo(50_000);
        body.readingBegins();
        assertThat(restsAtMostMillis(body, 5_000, true)).isLessThan(5_000);
    }

    @Test
    void shouldLeaveABodyThatComesForEver() {
        ArrivingBody body = body(null);
        body.readingBegins();
        body.arrived(10);

        assertThat(restsAtMostMillis(body, 70_000, false)).isBetween(60_000L, 61_000L);
    }

    /** How long nothing of it comes until it is too slow. */
    private long restsAtMostMillis(ArrivingBody body, long mostMillis, boolean crowded) {
        for (long rested = 0; rested < mostMillis; rested += LOOK_MILLIS) {
            if (crowded) {
                refuseSomebody();
            }
            nowMillis += LOOK_MILLIS;
            if (body.isTooSlow()) {
                return rested + LOOK_MILLIS;
            }
        }
        return mostMillis;
    }

    private void refuseSomebody() {
        assertThat(memory.hasRoom("10.0.0.9", 33 * MIB, nowMillis)).isFalse();
    }

    private ArrivingBody body(String address) {
        return new ArrivingBody(memory, address, () -> nowMillis);
    }
}
