package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a storage holds, read past the chain. */
public final class StoredState {
    private StoredState() {}

    public static SortedMap<PublicKey, Account> accounts(StorageReader storage) {
        SortedMap<PublicKey, Account> accounts = new TreeMap<>();
        storage.scan(
                Column.ACCOUNTS,
                new byte[0],
                null,
                (key, value) -> accounts.put(PublicKey.of(key), Records.decodeAccount(value)));
        return accounts;
    }
}
