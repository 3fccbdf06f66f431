package dev.rensa.wallet.key;

import java.util.Optional;

/** Where the sealed data key rests. */
public interface VaultStore {

    Optional<VaultRecord> load();

    /** Writes the first one; false if there is a vault already, which stays: another replica made it. */
    boolean add(VaultRecord vault);

    /** Writes a vault in place of a former one, in one step; false if that one is not there any more. */
    boolean replace(VaultRecord former, VaultRecord next);
}
