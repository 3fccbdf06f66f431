package dev.rensa.wallet.key;

import java.util.List;

/** Where the address book rests. Safe for use by several threads. */
public interface ContactStore {

    /** Writes an entry in place of a former one of the same name; false if there are {@link Contact#MAX_CONTACTS}. */
    boolean put(Contact contact);

    /** Removes an entry; false if there is none of this name. */
    boolean remove(String name);

    /** All entries by name. */
    List<Contact> list();
}
