package dev.rensa.protocol.genesis;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.CompactTarget;
import java.util.List;
import java.util.regex.Pattern;

/** The bounds of a genesis, each with the sentence that a person reads who crossed it. */
final class GenesisRules {

    private static final Pattern PREFIX = Pattern.compile("[a-z]{1,16}");
    private static final long DAY_MILLIS = 86_400_000L;

    private GenesisRules() {}

    static void check(
            String name,
            String addressPrefix,
            String coinSymbol,
            long timestampMillis,
            CompactTarget easiestTarget,
            CompactTarget initialTarget,
            long spacingMillis,
            long halfLifeMillis,
            Amount subsidy,
            long halvingInterval,
            long checkpointInterval,
            int maxBlockBytes,
            List<Allocation> allocations) {
        require(!name.isBlank() && name.length() <= 64, "name must have 1 to 64 characters");
        require(PREFIX.matcher(addressPrefix).matches(), "addressPrefix must be 1 to 16 lower-case letters");
        require(!coinSymbol.isBlank() && coinSymbol.length() <= 12, "coinSymbol must have 1 to 12 characters");
        require(timestampMillis >= 0, "timestampMillis must not be negative");
        require(
                initialTarget.target().compareTo(easiestTarget.target()) <= 0,
                "initialTarget must not be easier than easiestTarget");
        require(spacingMillis >= 1 && spacingMillis <= DAY_MILLIS, "spacingMillis must be 1 to 86400000");
        require(
                halfLifeMillis >= 1 && halfLifeMillis <= Integer.MAX_VALUE,
                "halfLifeMillis must be 1 to " + Integer.MAX_VALUE);
        require(halvingInterval >= 1, "halvingInterval must be at least 1");
        require(checkpointInterval >= 1, "checkpointInterval must be at least 1");
        require(
                maxBlockBytes >= Transaction.MAX_BYTES && maxBlockBytes <= Block.MAX_TRANSACTION_BYTES,
                "maxBlockBytes must be " + Transaction.MAX_BYTES + " to " + Block.MAX_TRANSACTION_BYTES);
        require(allocations.size() <= Genesis.MAX_ALLOCATIONS, "there are more than 1000000 allocations");
        checkSupply(subsidy, halvingInterval, allocations);
    }

    /** All coins that can ever exist must fit into 2⁶³ − 1 mon: then no balance can overflow. */
    private static void checkSupply(Amount subsidy, long halvingInterval, List<Allocation> allocations) {
        try {
            long supply = Math.multiplyExact(Math.multiplyExact(subsidy.mon(), halvingInterval), 2L);
            for (int i = 0; i < allocations.size(); i++) {
                Allocation allocation = allocations.get(i);
                require(!allocation.amount().isZero(), "an allocation of 0 says nothing: leave it out");
                require(
                        i == 0 || !allocations.get(i - 1).account().equals(allocation.account()),
                        "an account has two allocations: add them up");
                supply = Math.addExact(supply, allocation.amount().mon());
            }
        } catch (ArithmeticException e) {
            throw new InvalidGenesisException(
                    "allocations and 2 x subsidy x halvingInterval together exceed 2^63 - 1 mon");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new InvalidGenesisException(sentence);
        }
    }
}
