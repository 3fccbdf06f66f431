package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom an offered transaction pushes out, worked out before anybody leaves: an offer that is refused in the end changes
 * nothing. The sender of the cheapest transaction gives its highest nonces first, whatever they pay themselves, for
 * they cannot be mined before the cheap one. As sizes differ by a factor of three at most, victims are few.
 */
final class RoomPlan {

    private final Transaction offered;
    private final @Nullable PooledTransaction replaced;
    private final List<PooledTransaction> victims = new ArrayList<>();
    private long excessBytes;

    /**
     * Starts a plan.
     *
     * @param replaced leaves anyway, being replaced by the offer
     * @param excessBytes what the mempool would hold beyond its limit with the offer and without the replaced one
     */
    RoomPlan(Transaction offered, @Nullable PooledTransaction replaced, long excessBytes) {
        this.offered = offered;
        this.replaced = replaced;
        this.excessBytes = excessBytes;
    }

    /** Counts one that leaves for another reason. */
    void add(PooledTransaction victim) {
        victims.add(victim);
        excessBytes -= victim.transaction().size();
    }

    /**
     * Finds enough of them.
     *
     * @param lowestFeeFirst all that wait
     * @return empty if the offer is not dear enough, or stands upon what would have to leave
     */
    Optional<List<PooledTransaction>> complete(Iterable<PooledTransaction> lowestFeeFirst) {
        for (PooledTransaction lowest : lowestFeeFirst) {
            if (excessBytes <= 0) {
                break;
            }
            if (!victims.contains(lowest) && (FeeRate.of(offered) <= lowest.feeRate() || !addFromTheEnd(lowest))) {
                return Optional.empty();
            }
        }
        return excessBytes > 0 ? Optional.empty() : Optional.of(victims);
    }

    /** Takes from the sender's highest nonce down to {@code lowest}, until there is room. */
    private boolean addFromTheEnd(PooledTransaction lowest) {
        SenderQueue queue = lowest.queue();
        PooledTransaction victim = queue.last();
        while (victim != null && victim.nonce() >= lowest.nonce() && excessBytes > 0) {
            boolean standsUponIt =
                    victim.transaction().sender().equals(offered.sender()) && victim.nonce() < offered.nonce();
            if (standsUponIt || victim == replaced) {
                return false;
            }
            if (!victims.contains(victim)) {
                add(victim);
            }
            victim = queue.before(victim.nonce());
        }
        return true;
    }
}
