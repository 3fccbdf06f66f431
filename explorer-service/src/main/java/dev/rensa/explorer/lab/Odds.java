package dev.rensa.explorer.lab;

import java.util.OptionalInt;

/**
 * What somebody with a share of all hashes can do, by published formulas. Shares lie in 0 to 1; from one half on every double
 * spend succeeds in the end (the "51 % attack").
 *
 * <ul>
 *   <li>S. Nakamoto, <i>Bitcoin: A Peer-to-Peer Electronic Cash System</i>, 2008, section 11.
 *   <li>M. Rosenfeld, <i>Analysis of Hashrate-Based Double Spending</i>, 2014 (arXiv:1402.2009), section 3, equation (1).
 *   <li>I. Eyal, E. G. Sirer, <i>Majority is not Enough: Bitcoin Mining is Vulnerable</i>, 2014 (arXiv:1311.0243), equation (8)
 *       and section 4.
 * </ul>
 */
public final class Odds {

    /** Beyond it the sums would take long, and the answers no longer differ. */
    public static final int MAX_CONFIRMATIONS = 1_000;

    private static final double HALF = 0.5;

    private Odds() {}

    /**
     * Probability that an attacker catches up from {@code z} blocks behind, whose own progress is taken for a Poisson
     * variable: too hopeful a little. By the words of the paper z counts the blocks behind the payment's own. It is usual to
     * take the number of confirmations for it, the payment's own block included, as the paper's readers do who compare it
     * with {@link #rosenfeld}; so does whatever is shown here.
     *
     * @param share of all hashes that is the attacker's
     * @param z 0 to {@link #MAX_CONFIRMATIONS}
     */
    public static double nakamoto(double share, int z) {
        require(share, z);
        if (share >= HALF || z == 0) {
            return 1;
        }
        if (share == 0) {
            return 0;
        }
        // Logarithms: for many blocks the factors are too small or too large to be numbers.
        double logRatio = Math.log(share) - Math.log1p(-share);
        double lambda = z * Math.exp(logRatio);
        double logPoisson = -lambda;
        double failing = 0;
        for (int k = 0; k <= z; k++) {
            failing -= Math.exp(logPoisson) * Math.expm1((z - k) * logRatio);
            logPoisson += Math.log(lambda / (k + 1));
        }
        return clamp(1 - failing);
    }

    /**
     * Probability that a double spend succeeds against a merchant who waits for {@code n} confirmations, with the exact
     * (negative binomial) distribution of the attacker's progress; the attacker has mined one block in advance.
     *
     * @param share of all hashes that is the attacker's
     * @param n confirmations, the payment's own block included
     */
    public static double rosenfeld(double share, int n) {
        require(share, n);
        if (share >= HALF || n == 0) {
            return share == 0 ? 0 : 1;
        }
        if (share == 0) {
            return 0;
        }
        double p = Math.log(1 - share);
        double q = Math.log(share);
        double logBinomial = 0;
        double failing = 0;
        for (int m = 0; m <= n; m++) {
            failing += Math.exp(logBinomial + n * p + m * q) - Math.exp(logBinomial + m * p + n * q);
            logBinomial += Math.log((double) (m + n) / (m + 1));
        }
        return clamp(1 - failing);
    }

    /** The fewest confirmations at which {@link #rosenfeld} is at most a given risk; empty if no number is enough. */
    public static OptionalInt confirmationsFor(double share, double risk) {
        if (share >= HALF) {
            return OptionalInt.empty();
        }
        for (int n = 1; n <= MAX_CONFIRMATIONS; n++) {
            if (rosenfeld(share, n) <= risk) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Share of all rewards that a selfish miner gets, who keeps blocks back to let others work in vain.
     *
     * @param share of all hashes that is the miner's
     * @param gamma share of the others that mine on the selfish miner's block when two are equally good. Where the lower
     *     hash decides, as here, it is one half
     */
    public static double selfishRevenue(double share, double gamma) {
        require(share, 0);
        if (share >= HALF) {
            return 1;
        }
        double rest = 1 - share;
        double above = share * rest * rest * (4 * share + gamma * (1 - 2 * share)) - share * share * share;
        return Math.max(0, above / (1 - share * (1 + (2 - share) * share)));
    }

    /** The share of hashes from which selfish mining pays more than honest mining. */
    public static double selfishThreshold(double gamma) {
        return (1 - gamma) / (3 - 2 * gamma);
    }

    private static void require(double share, int blocks) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        if (blocks < 0 || blocks > MAX_CONFIRMATIONS) {
            throw new IllegalArgumentException("confirmations are 0 to " + MAX_CONFIRMATIONS + ", not " + blocks);
        }
    }

    /** Sums of rounded numbers may lie beyond by a little. */
    private static double clamp(double probability) {
        return Math.min(1, Math.max(0, probability));
    }
}
