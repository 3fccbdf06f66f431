package dev.rensa.bench.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void shouldFindTheTimeWithinWhichAShareLies() {
        Percentiles times = new Percentiles();
        times.add(10, 50);
        times.add(20, 49);
        times.add(5_000, 1);

        assertThat(times.at(0.50)).isEqualTo(10);
        assertThat(times.at(0.99)).isEqualTo(20);
        assertThat(times.at(1)).isEqualTo(5_000);
    }

    @Test
    void shouldCountWhatIsBeyondItsBoundAtTheBound() {
        Percentiles times = new Percentiles();
        times.add(10_000_000, 1);
        times.add(-5, 1);

        assertThat(times.at(0.5)).isZero();
        assertThat(times.at(1)).isEqualTo(120_000);
    }
}
