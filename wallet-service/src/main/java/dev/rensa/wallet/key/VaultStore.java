package dev.rensa.wallet.key;

import java.util.Optional;

/** Where the sealed data key rests. */
public interface VaultStore {

    Optional<VaultRecord> load();

    /**
     * Writes the first one; false, and nothing is written, if there is a vault already, which another replica made, or if
     * there are secrets, which a lost vault sealed.
     */
    boolean add(VaultRecord vault);

    /** Writes a vault in place of a former one, in one step; false if that one is not there any more. */
    boolean replace(VaultRecord former, VaultRecord next);
}
