package dev.rensa.wallet.key;

import java.util.List;
import java.util.Optional;

/** Where the address book rests. Safe for use by several threads. */
public interface ContactStore {

    Optional<Contact> find(String name);

    /**
     * Writes an entry; of a former one of the same name only the time of its making stays. False if there are
     * {@link Contact#MAX_CONTACTS} others.
     */
    boolean put(Contact contact);

    /** Removes an entry; false if there is none of this name. */
    boolean remove(String name);

    /** All entries by name. */
    List<Contact> list();
}
