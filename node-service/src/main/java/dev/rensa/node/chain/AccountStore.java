package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts at the head, with those that blocks touched lately kept in memory. */
final class AccountStore {
    /** 65,536 accounts, about 12 MB: senders and miners come again soon. */
    private static final int CACHE_BITS = 16;

    private final ChainStorage storage;
    private final StateRoots roots;
    private final SlotCache<PublicKey, Account> cache = new SlotCache<>(CACHE_BITS);

    AccountStore(ChainStorage storage, StateRoots roots) {
        this.storage = storage;
        this.roots = roots;
    }

    /** From any thread. */
    Account get(PublicKey key) {
        Account cached = cache.get(key);
        return cached == null ? decode(storage.get(Column.ACCOUNTS, key.toBytes())) : cached;
    }

    /** The account as another reader of the storage sees it. */
    static Account get(StorageReader reader, PublicKey key) {
        return decode(reader.get(Column.ACCOUNTS, key.toBytes()));
    }

    /** Reads the accounts that a block touches, the missing ones all at once. */
    void load(Iterable<BlockExecution.Entry> entries) {
        List<BlockExecution.Entry> missing = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        for (BlockExecution.Entry entry : entries) {
            Account cached = cache.get(entry.key());
            if (cached == null) {
                missing.add(entry);
                keys.add(entry.key().toBytes());
            } else {
                entry.load(cached);
            }
        }
        List<byte @Nullable []> values = keys.isEmpty() ? List.of() : storage.getAll(Column.ACCOUNTS, keys);
        for (int i = 0; i < missing.size(); i++) {
            missing.get(i).load(decode(values.get(i)));
        }
    }

    /** Adds new states of accounts to a batch. Call {@link #stored} once it is stored. */
    BitSet stage(Map<PublicKey, Account> accounts, StorageBatch batch) {
        BitSet buckets = new BitSet(BucketRoots.BUCKETS);
        accounts.forEach((key, account) -> {
            buckets.set(BucketRoots.bucketOf(key));
            if (account.isEmpty()) {
                batch.delete(Column.ACCOUNTS, key.toBytes());
            } else {
                batch.put(Column.ACCOUNTS, key.toBytes(), Records.encode(account));
            }
        });
        roots.stageTouched(buckets, batch);
        return buckets;
    }

    void stored(Map<PublicKey, Account> accounts, BitSet buckets) {
        accounts.forEach(cache::put);
        roots.touched(buckets);
    }

    /** All accounts were replaced. */
    void forget() {
        cache.clear();
    }

    private static Account decode(byte @Nullable [] value) {
        return value == null ? Account.EMPTY : Records.decodeAccount(value);
    }
}
