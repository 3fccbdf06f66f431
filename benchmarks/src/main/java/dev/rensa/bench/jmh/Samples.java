package dev.rensa.bench.jmh;

import dev.rensa.bench.store.TransferMaker;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainStorage;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.mining.BlockDraft;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import java.util.List;
import java.util.stream.IntStream;

/** One block of a network of a hundred senders, the same in every run. */
final class Samples {

    static final int TRANSACTIONS = 5_000;
    static final int BLOCK_BYTES = 4 << 20;

    private static final int SENDERS = 100;
    private static final int RECIPIENTS = 2_000;
    private static final int MAX_REORGANISATION = 100;

    private static final List<FundedAccount> ACCOUNTS =
            IntStream.range(0, SENDERS).mapToObj(FundedAccount::new).toList();
    private static final Genesis GENESIS = TestGenesis.of("jmh", 2, BLOCK_BYTES, ACCOUNTS);

    static final BlockHash NETWORK = GENESIS.networkHash();

    private static final Block BLOCK = makeBlock();

    private Samples() {}

    /** A ledger that has block 0 alone. */
    static Chain chain(ChainStorage storage) {
        return Chain.open(GENESIS, storage, MAX_REORGANISATION);
    }

    /** Block 1, with {@link #TRANSACTIONS} transfers. */
    static Block block() {
        return BLOCK;
    }

    private static Block makeBlock() {
        var transfers = new TransferMaker(GENESIS, ACCOUNTS, RECIPIENTS).signed(0, TRANSACTIONS);
        BlockTemplate template = new BlockDraft(
                        chain(new InMemoryStorage()).template(GENESIS.timestampMillis() + 1_000),
                        transfers,
                        BLOCK_BYTES,
                        ACCOUNTS.getFirst().publicKey())
                .complete();
        return template.withNonce(
                NonceSearch.search(template.header(), 0, Integer.MAX_VALUE).orElseThrow());
    }
}
