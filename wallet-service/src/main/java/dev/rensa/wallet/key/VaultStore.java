package dev.rensa.wallet.key;

import java.util.Optional;

/** Where the sealed data key rests. */
public interface VaultStore {

    Optional<VaultRecord> load();

    /** Writes the vault in place of the former one, in one step. */
    void save(VaultRecord vault);
}
