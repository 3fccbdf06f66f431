package dev.rensa.explorer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those that the papers print. */
class OddsTest {

    @ParameterizedTest
    @CsvSource({
        "0.1, 0, 1.0000000",
        "0.1, 1, 0.2045873",
        "0.1, 2, 0.0509779",
        "0.1, 3, 0.0131722",
        "0.1, 4, 0.0034552",
        "0.1, 5, 0.0009137",
        "0.1, 6, 0.0002428",
        "0.1, 10, 0.0000012",
        "0.3, 0, 1.0000000",
        "0.3, 5, 0.1773523",
        "0.3, 10, 0.0416605",
        "0.3, 15, 0.0101008",
        "0.3, 20, 0.0024804",
        "0.3, 50, 0.0000006"
    })
    void shouldGiveTheTableOfNakamotosPaper(double share, int z, double probability) {
        assertThat(Odds.nakamoto(share, z)).isCloseTo(probability, within(0.000_000_05));
    }

    @ParameterizedTest
    @CsvSource({
        "0.02, 1, 0.04",
        "0.02, 2, 0.00237",
        "0.10, 1, 0.20",
        "0.10, 2, 0.056",
        "0.10, 3, 0.01712",
        "0.10, 4, 0.00546",
        "0.10, 5, 0.00178",
        "0.10, 6, 0.00059",
        "0.20, 1, 0.40",
        "0.20, 2, 0.208",
        "0.20, 3, 0.11584",
        "0.30, 1, 0.60",
        "0.30, 2, 0.432",
        "0.30, 3, 0.32616",
        "0.30, 4, 0.25207",
        "0.30, 5, 0.19762",
        "0.30, 6, 0.15645",
        "0.40, 1, 0.80",
        "0.50, 10, 1.0"
    })
    void shouldGiveTheTableOfRosenfeldsPaper(double share, int confirmations, double probability) {
        assertThat(Odds.rosenfeld(share, confirmations)).isCloseTo(probability, within(0.000_005_1));
    }

    @ParameterizedTest
    @CsvSource({"0.10, 6", "0.15, 9", "0.20, 13", "0.30, 32"})
    void shouldSayHowManyConfirmationsKeepTheRiskBelowAThousandth(double share, int confirmations) {
        assertThat(Odds.confirmationsFor(share, 0.001)).hasValue(confirmations);
    }

    @Test
    void shouldLeaveNoHopeAgainstHalfOfAllHashes() {
        assertThat(Odds.nakamoto(0.5, 100)).isEqualTo(1);
        assertThat(Odds.rosenfeld(0.51, 100)).isEqualTo(1);
        assertThat(Odds.confirmationsFor(0.5, 0.5)).isEmpty();
        assertThat(Odds.rosenfeld(0, 1)).isZero();
        assertThat(Odds.rosenfeld(0.3, 1_000)).isBetween(0.0, 1e-12);
    }

    /** Each further confirmation makes it less likely, however many there are. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.3, 0.45, 0.49, 0.4999})
    void shouldGrowLessLikelyWithEveryConfirmation(double share) {
        for (int n = 1; n <= Odds.MAX_CONFIRMATIONS; n++) {
            assertThat(Odds.nakamoto(share, n))
                    .as("%s, %d", share, n)
                    .isBetween(0.0, Odds.nakamoto(share, n - 1) + 1e-9);
            assertThat(Odds.rosenfeld(share, n))
                    .as("%s, %d", share, n)
                    .isBetween(0.0, Odds.rosenfeld(share, n - 1) + 1e-9);
        }
        assertThat(Odds.nakamoto(share, Odds.MAX_CONFIRMATIONS)).isLessThan(1);
    }

    @Test
    void shouldKnowFromWhatShareSelfishMiningPays() {
        for (double gamma : new double[] {0, 0.5, 1}) {
            double threshold = Odds.selfishThreshold(gamma);

            assertThat(Odds.selfishRevenue(threshold, gamma)).isCloseTo(threshold, within(1e-9));
        }
        assertThat(Odds.selfishThreshold(0)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Odds.selfishThreshold(0.5)).isEqualTo(0.25);
        assertThat(Odds.selfishRevenue(0.4, 0)).isGreaterThan(0.4);
        assertThat(Odds.selfishRevenue(0.2, 0)).isLessThan(0.2);
    }

    @Test
    void shouldTakeNoShareThatIsNone() {
        assertThatThrownBy(() -> Odds.nakamoto(1.1, 1)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> Odds.rosenfeld(Double.NaN, 1)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> Odds.rosenfeld(0.1, -1)).hasMessageContaining("0 to 1000");
    }
}
