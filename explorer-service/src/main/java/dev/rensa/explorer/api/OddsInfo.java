package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.lab.HashShare;
import dev.rensa.explorer.lab.Odds;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an attacker with a share of all hashes can do.
 *
 * @param share 0 to 1
 * @param basis {@code given}, {@code measured} by the nodes or reckoned from their {@code caps}
 * @param majority whether every double spend succeeds in the end ("51 %")
 * @param confirmations probabilities by the number of confirmations that a merchant waits for
 * @param safeConfirmations fewest confirmations with a risk of a thousandth at most, by Rosenfeld; absent if no number is enough
 * @param selfishRevenue share of all rewards that selfish mining gets, by Eyal and Sirer, where the lower hash decides between
 *     two tips (γ = ½)
 * @param selfishThreshold the share from which that pays
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OddsInfo(
        double share,
        String basis,
        boolean majority,
        List<AtConfirmations> confirmations,
        @Nullable Integer safeConfirmations,
        double selfishRevenue,
        double selfishThreshold) {

    private static final int SHOWN = 12;
    private static final double RISK = 0.001;
    private static final double HALF = 0.5;

    /**
     * Probabilities that a double spend succeeds.
     *
     * @param confirmations that the merchant waits for
     * @param nakamoto by the formula of Nakamoto's paper, confirmations taken for its z
     * @param rosenfeld by Rosenfeld's exact one
     */
    public record AtConfirmations(int confirmations, double nakamoto, double rosenfeld) {}

    static OddsInfo of(HashShare share) {
        double part = share.share();
        OptionalInt safe = Odds.confirmationsFor(part, RISK);
        return new OddsInfo(
                part,
                share.basis(),
                part >= HALF,
                IntStream.rangeClosed(0, SHOWN)
                        .mapToObj(n -> new AtConfirmations(n, Odds.nakamoto(part, n), Odds.rosenfeld(part, n)))
                        .toList(),
                safe.isPresent() ? safe.getAsInt() : null,
                Odds.selfishRevenue(part, HALF),
                Odds.selfishThreshold(HALF));
    }
}
