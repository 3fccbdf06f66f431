package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.work.Work;
import java.util.BitSet;
import java.util.List;

/** Writes block 0 and the allocations into an empty storage. */
final class GenesisState {
    private static final byte[] NETWORK_KEY = {'n', 'e', 't', 'w', 'o', 'r', 'k'};

    private static final byte[] BEGUN_KEY = {'b', 'e', 'g', 'u', 'n'};

    /** Allocations of one batch: there may be a million. */
    static final int ALLOCATIONS_A_BATCH = 10_000;

    private GenesisState() {}

    /**
     * Makes sure that the storage holds this network.
     *
     * @throws StorageException if it holds another one
     */
    static void ensure(Genesis genesis, Block block0, ChainStorage storage) {
        byte[] stored = storage.get(Column.META, NETWORK_KEY);
        if (stored == null) {
            // The network's name comes last: after a kill before it, everything is written again, to the same values.
            // Those of another genesis would be mixed with them, so whose allocations they are is written first.
            begin(block0.hash(), storage);
            writeAllocations(genesis.allocations(), storage);
            storage.commit(block0Batch(block0));
            storage.sync();
        } else {
            requireSame(stored, block0.hash());
        }
    }

    /**
     * Asks whether a storage holds this network.
     *
     * @throws StorageException if it holds another one, or none
     */
    static void requireNetwork(BlockHash network, StorageReader storage) {
        byte[] stored = storage.get(Column.META, NETWORK_KEY);
        if (stored == null) {
            throw new StorageException("the store names no network: it was never begun to its end");
        }
        requireSame(stored, network);
    }

    private static void begin(BlockHash network, ChainStorage storage) {
        byte[] begun = storage.get(Column.META, BEGUN_KEY);
        if (begun != null) {
            requireSame(begun, network);
        }
        storage.commit(new StorageBatch().put(Column.META, BEGUN_KEY, network.toBytes()));
    }

    private static void requireSame(byte[] stored, BlockHash network) {
        if (!network.equals(BlockHash.of(stored))) {
            throw new StorageException("the data directory belongs to the network " + BlockHash.of(stored)
                    + ", the genesis describes " + network
                    + ". Use the right genesis, or another (or emptied) data directory");
        }
    }

    private static void writeAllocations(List<Allocation> allocations, ChainStorage storage) {
        for (int first = 0, row = 0; first < allocations.size(); first += ALLOCATIONS_A_BATCH, row++) {
            StorageBatch batch = new StorageBatch();
            BitSet buckets = new BitSet(BucketRoots.BUCKETS);
            int end = Math.min(first + ALLOCATIONS_A_BATCH, allocations.size());
            for (Allocation allocation : allocations.subList(first, end)) {
                batch.put(
                        Column.ACCOUNTS,
                        allocation.account().toBytes(),
                        Records.encode(new Account(allocation.amount(), 0)));
                buckets.set(BucketRoots.bucketOf(allocation.account()));
            }
            BucketTable.stageRow(row, buckets, batch);
            storage.commit(batch);
        }
    }

    private static StorageBatch block0Batch(Block block0) {
        BlockHash hash = block0.hash();
        byte[] key = hash.toBytes();
        HeaderRecord record = new HeaderRecord(
                new BlockEntry(
                        hash, block0.header(), Work.ofTarget(block0.header().target()), BlockState.CONNECTED),
                block0.header().timestampMillis(),
                true);
        return new StorageBatch()
                .put(Column.HEADERS, key, Records.encode(record))
                .put(Column.TIPS, key, Records.PRESENT)
                .put(Column.BODIES, key, Records.encodeBody(block0))
                .put(Column.CANONICAL, Records.height(0), key)
                .put(Column.BEST_HEADERS, Records.height(0), key)
                .put(Column.META, BestBranch.TIP_KEY, key)
                .put(Column.META, Ledger.HEAD_KEY, key)
                .put(Column.META, NETWORK_KEY, key);
    }
}
