package dev.rensa.bench.store;

import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.genesis.Genesis;
import java.util.List;
import java.util.stream.IntStream;

/** The networks of stores that are generated: the same every time, so that stores can be kept. */
public final class BenchNetworks {

    /** Few enough for their accounts to stay in memory, enough to share signing over cores. */
    private static final int SENDERS = 1_000;

    private static final int BLOCK_BYTES = 4 << 20;

    /** Two hashes a block. */
    private static final long EASIEST = 2;

    private BenchNetworks() {}

    /** Accounts that pay everything in generated stores, from nonce 0 each time they are asked for. */
    public static List<FundedAccount> senders() {
        return IntStream.range(0, SENDERS).mapToObj(FundedAccount::new).toList();
    }

    /** A network on which every second hash is a block. */
    public static Genesis easiest() {
        return TestGenesis.of("bench-store", EASIEST, BLOCK_BYTES, senders());
    }
}
