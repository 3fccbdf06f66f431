package dev.rensa.network.cluster;

import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.work.CompactTarget;
import java.math.BigInteger;
import java.util.List;

/** Networks for tests and benchmarks: their target never moves, and some accounts have coins from the beginning. */
public final class TestGenesis {

    private static final BigInteger ALL_HASHES = BigInteger.ONE.shiftLeft(256);
    private static final long COINS_EACH = 1_000_000;

    private TestGenesis() {}

    /**
     * A network.
     *
     * @param expectedHashes hashes it takes on average to find a block, at least 2
     */
    public static Genesis of(String name, long expectedHashes, int maxBlockBytes, List<FundedAccount> accounts) {
        CompactTarget target = CompactTarget.fromTarget(ALL_HASHES.divide(BigInteger.valueOf(expectedHashes)));
        return new Genesis(
                name,
                "rns",
                "RNS",
                1_767_225_600_000L,
                target,
                target,
                Retargeting.NONE,
                1_000,
                600_000,
                Amount.ofCoins(1),
                6_307_200,
                100,
                maxBlockBytes,
                Amount.ZERO,
                accounts.stream()
                        .map(account -> new Allocation(account.publicKey(), Amount.ofCoins(COINS_EACH)))
                        .toList());
    }
}
