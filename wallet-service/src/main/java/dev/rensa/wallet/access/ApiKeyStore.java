package dev.rensa.wallet.access;

import java.util.List;

/** Where API keys rest. Safe for use by several threads. */
public interface ApiKeyStore {

    void add(ApiKey key);

    /** Marks a key as revoked; false if there is no active one of this id. */
    boolean revoke(String id, long atMillis, String by);

    /** Forgets a revoked key. */
    void forget(String id);

    /** All keys, the revoked too, oldest first. */
    List<ApiKey> list();
}
