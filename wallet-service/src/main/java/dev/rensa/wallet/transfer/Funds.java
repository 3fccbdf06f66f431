package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import java.util.List;

/** Whether requests can be promised. */
final class Funds {

    /** Open transfers that this process holds in memory at most, of all its lanes; further requests are refused until some are final. */
    static final int MAX_OPEN = 200_000;

    private Funds() {}

    /** Mon that orders take together; as much as there can be when it is more. */
    static long cost(List<Order> orders) {
        long sum = 0;
        for (Order order : orders) {
            long cost = order.cost().mon();
            sum = sum > Long.MAX_VALUE - cost ? Long.MAX_VALUE : sum + cost;
        }
        return sum;
    }

    static void requireRoom(int open, int further) {
        if (open > MAX_OPEN - further) {
            throw new TransferRefusedException(
                    TransferRefusedException.TOO_MANY_OPEN,
                    "the wallet has " + open + " transfers under way, and " + MAX_OPEN
                            + " is its limit: wait until some are final");
        }
    }

    /**
     * Refuses what the account cannot pay.
     *
     * @param promised mon that open transfers take which the account has not paid in that view
     */
    static void requirePayable(long cost, AccountView view, long promised) {
        long available = view.balance() - promised;
        if (cost > available) {
            throw new TransferRefusedException(
                    TransferRefusedException.INSUFFICIENT_FUNDS,
                    "amount and fee take " + cost + " mon, but of the account's balance of " + view.balance()
                            + " mon only " + Math.max(0, available) + " mon are free: " + promised
                            + " mon are promised to transfers that are under way");
        }
    }
}
