package dev.rensa.wallet.key;

import java.util.Optional;

/** Where the sealed data key rests. */
public interface VaultStore {

    Optional<VaultRecord> load();

    /** Writes the first one; false if there is a vault already, which stays: another replica made it. */
    boolean add(VaultRecord vault);

    /** Writes the vault in place of the former one, in one step. */
    void replace(VaultRecord vault);
}
