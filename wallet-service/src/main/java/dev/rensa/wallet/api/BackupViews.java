package dev.rensa.wallet.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about backups. */
final class BackupViews {

    private BackupViews() {}

    /**
     * A backup to be made.
     *
     * @param passphrase that the file is encrypted with, 8 to 1,024 characters: whoever has both has the money
     */
    record NewBackup(
            @Schema(examples = "correct horse battery staple") @Nullable
            String passphrase) {
        @Override
        public String toString() {
            return "NewBackup[hidden]";
        }
    }

    /**
     * What came in.
     *
     * @param heldTransfers transfers that were not signed in the backup: they wait to be found on the chain, released or
     *     cancelled
     * @param openTransfers transfers that were signed and not final: they are looked up on the chain and go on
     * @param warning what to see to now
     */
    record RestoredView(int wallets, int transfers, int heldTransfers, int openTransfers, String warning) {}

    /**
     * Held transfers that go on.
     *
     * @param held those that stay held: nodes have transactions of their accounts that this wallet does not know
     */
    record ReleasedView(int released, int held) {}
}
