package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about the vault, names and the address book. */
final class KeyViews {

    private KeyViews() {}

    /**
     * The vault's state.
     *
     * @param locked whether transfers wait for somebody who unlocks
     * @param wantsPassphrase whether a passphrase, and not a file, opens it
     * @param lockAtMillis when it locks by itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VaultView(
            boolean locked,
            boolean wantsPassphrase,
            @Nullable Long lockAtMillis) {}

    /**
     * An unlocking.
     *
     * @param passphrase left out where the service's configuration holds the secret
     * @param seconds after which it locks by itself, 1 to 86,400; never when left out
     */
    record Unlock(
            @Schema(examples = "correct horse battery staple") @Nullable
            String passphrase,

            @Schema(examples = "600") @Nullable Integer seconds) {
        @Override
        public String toString() {
            return "Unlock[hidden]";
        }
    }

    /**
     * A change of passphrase.
     *
     * @param former the present one; left out where the service's configuration holds the secret
     * @param passphrase the new one, 8 to 1,024 characters
     */
    record NewPassphrase(
            @Nullable String former,

            @Schema(examples = "correct horse battery staple") @Nullable
            String passphrase) {
        @Override
        public String toString() {
            return "NewPassphrase[hidden]";
        }
    }

    /** A name for people, 1 to 100 characters. */
    record NewLabel(
            @Schema(examples = "shop in Kyoto") @Nullable String label) {}

    /**
     * An entry of the address book to be written.
     *
     * @param note at most 500 characters
     */
    record NewContact(
            @Nullable String address,
            @Schema(examples = "pays on Fridays") @Nullable String note) {}

    /** An entry of the address book. */
    record ContactView(String name, String address, String note, long createdAtMillis) {}

    /** The address book. */
    record ContactList(List<ContactView> contacts) {}
}
