package dev.rensa.explorer.api;

import java.util.List;

/**
 * How an account's balance went.
 *
 * @param height the index's tip, at which the last point holds
 * @param whole whether it begins at block 0; otherwise with the oldest of the entries that were looked at
 * @param points ascending by height
 */
public record BalancesInfo(String address, long height, boolean whole, List<PointInfo> points) {

    /**
     * A balance behind a block.
     *
     * @param timestampMillis time of that block, milliseconds since 1970-01-01 UTC
     * @param balance in mon
     */
    public record PointInfo(long height, long timestampMillis, long balance) {}
}
