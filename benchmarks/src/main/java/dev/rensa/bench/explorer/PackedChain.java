package dev.rensa.bench.explorer;

import dev.rensa.bench.store.TransferMaker;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chain in memory as a node gives it out, which grows at its tip. Links, Merkle roots and balances hold; signatures and
 * work, which an explorer leaves to the nodes, do not. Safe for use by many threads.
 */
final class PackedChain {

    /** As many as b's chain has. */
    static final int TRANSFERS_A_BLOCK = 2_000;

    /** A node's own bound on a page. */
    private static final int MAX_PAGE_BYTES = 8 << 20;

    private static final long SPACING_MILLIS = 1_000;

    private final Genesis genesis;
    private final PublicKey miner;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<BlockHash, Integer> heights = new HashMap<>();

    /** A block with what is told of it. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(BlockHash hash, BlockHeader header, Work work, int transactionCount, byte[] bytes) {}

    PackedChain(Genesis genesis, PublicKey miner) {
        this.genesis = genesis;
        this.miner = miner;
        append(genesis.block0(), Work.ofTarget(genesis.block0().header().target()));
    }

    /** A chain of so many transfers, all from the given senders. */
    static PackedChain of(Genesis genesis, List<FundedAccount> senders, int transfers, int recipients) {
        PackedChain chain = new PackedChain(genesis, senders.getFirst().publicKey());
        TransferMaker maker = new TransferMaker(genesis, senders, recipients);
        for (int made = 0; made < transfers; made += TRANSFERS_A_BLOCK) {
            chain.grow(maker.unsigned(made, Math.min(TRANSFERS_A_BLOCK, transfers - made)));
        }
        return chain;
    }

    /** A block more. */
    synchronized Entry grow(List<Transaction> transactions) {
        Entry tip = tip();
        BlockHeader header = new BlockHeader(
                tip.header().height() + 1,
                tip.hash(),
                Block.transactionsRoot(transactions),
                Hash.ZERO,
                tip.header().timestampMillis() + SPACING_MILLIS,
                tip.header().target(),
                miner,
                0);
        return append(new Block(header, transactions), tip.work().plus(Work.ofTarget(header.target())));
    }

    private Entry append(Block block, Work work) {
        ByteWriter writer = new ByteWriter(block.size());
        block.write(writer);
        Entry entry = new Entry(
                block.hash(), block.header(), work, block.transactions().size(), writer.toBytes());
        heights.put(entry.hash(), entries.size());
        entries.add(entry);
        return entry;
    }

    Genesis genesis() {
        return genesis;
    }

    synchronized Entry tip() {
        return entries.getLast();
    }

    synchronized Entry at(long height) {
        return entries.get((int) height);
    }

    synchronized Optional<Entry> block(BlockHash hash) {
        return Optional.ofNullable(heights.get(hash)).map(entries::get);
    }

    synchronized Optional<Entry> find(long height) {
        return height >= 0 && height < entries.size() ? Optional.of(entries.get((int) height)) : Optional.empty();
    }

    /** Whole blocks behind each other, from a height on; empty above the tip. */
    synchronized List<byte[]> page(long from, int limit) {
        List<byte[]> page = new ArrayList<>();
        int bytes = 0;
        for (long height = from; height < entries.size() && page.size() < limit && bytes < MAX_PAGE_BYTES; height++) {
            byte[] block = entries.get((int) height).bytes();
            page.add(block);
            bytes += block.length;
        }
        return page;
    }
}
