package dev.rensa.wallet.key;

import java.util.Optional;

/** Where the vault's public parameters rest. */
public interface VaultStore {

    Optional<VaultRecord> load();

    void save(VaultRecord vault);
}
