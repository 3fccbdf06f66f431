package dev.rensa.wallet.node;

import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.money.Amount;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the best node advises to pay, asked at most once a second. Safe for use by several threads. */
public final class Fees {

    /** How old advice may be, in milliseconds: a block takes longer. */
    private static final long MAX_AGE_MILLIS = 1000;

    /** Unit of the node's advice, in bytes. */
    private static final long KIB = 1024;

    private final Nodes nodes;
    private final Clock clock;
    private volatile @Nullable Advice last;

    public Fees(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * The fee of a transaction of some bytes; empty for an urgency that nodes do not know.
     *
     * @param urgency {@code next}, {@code soon} or {@code relaxed}
     * @param bytes size of the transaction
     * @throws NodeUnavailableException if no node answers
     */
    public Optional<Amount> estimate(String urgency, int bytes) {
        FeesView fees = current();
        return fees.estimates().stream()
                .filter(estimate -> estimate.urgency().equals(urgency))
                .findFirst()
                .map(estimate -> Amount.ofMon(Math.max(
                        fees.minimumFee(), Math.ceilDiv(Math.multiplyExact(estimate.feePerKib(), bytes), KIB))));
    }

    private FeesView current() {
        Advice known = last;
        long now = clock.millis();
        if (known != null && now - known.askedAtMillis() < MAX_AGE_MILLIS) {
            return known.fees();
        }
        FeesView fees = nodes.ask(Node::fees);
        last = new Advice(now, fees);
        return fees;
    }

    private record Advice(long askedAtMillis, FeesView fees) {}
}
