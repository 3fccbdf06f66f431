package dev.rensa.wallet.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page says to those who run the wallet, as {@link Texts} does: Japanese stands in {@code messages/adm_ja.properties}. */
@MessageBundle("adm")
public interface AdminTexts {
    @Message("Administration")
    String administration();

    @Message("For whoever runs this wallet: these calls need an administrator's key, as soon as there is one.")
    String administrationHelp();

    @Message("API keys")
    String keys();

    @Message("Who may call this wallet, and what each may do.")
    String keysHelp();

    @Message("Webhooks")
    String webhooks();

    @Message("Your systems are told of payments that come in and go out, by signed requests.")
    String webhooksHelp();

    @Message("Backup")
    String backups();

    @Message("Everything that this wallet is, as one encrypted file, and back.")
    String backupsHelp();

    @Message("There are no keys: this wallet serves its own machine alone, and everything there. From the "
            + "first key on, which is an administrator's, every call needs one.")
    String keysNone();

    @Message("Make a key")
    String addKey();

    @Message("What it is for")
    String keyName();

    @Message("It stands in the logs beside what is done with the key.")
    String keyNameHint();

    @Message("Role")
    String role();

    @Message("reader: sees wallets, balances and payments")
    String roleReader();

    @Message("spender: pays within the limits, and reads")
    String roleSpender();

    @Message("approver: approves what others ask for, and reads")
    String roleApprover();

    @Message("administrator: may do everything")
    String roleAdmin();

    @Message("reader")
    String roleReaderShort();

    @Message("spender")
    String roleSpenderShort();

    @Message("approver")
    String roleApproverShort();

    @Message("administrator")
    String roleAdminShort();

    @Message("Made %1 by %2")
    String keyMade();

    @Message("Revoked %1 by %2")
    String keyRevoked();

    @Message("Revoke")
    String revoke();

    @Message("Revoke the key “%1”?")
    String revokeAsk();

    @Message("Whoever uses it is shut out at once and for ever.")
    String revokeHelp();

    @Message("Keep this secret now")
    String secretTitle();

    @Message("The key is shown this once. It goes into the header X-Rensa-Api-Key of each call.")
    String secretKeyHelp();

    @Message("This tab uses it from now on.")
    String secretKeyKept();

    @Message("The secret is shown this once. Your system checks with it that a request comes from this wallet.")
    String secretHookHelp();

    @Message("Copy")
    String copySecret();

    @Message("I have kept it")
    String secretDone();

    @Message("Add a webhook")
    String addWebhook();

    @Message("Nobody is told yet.")
    String noWebhooks();

    @Message("Name")
    String webhookName();

    @Message("URL")
    String webhookUrl();

    @Message("Of a host that the operator allows: rensa.wallet.webhooks.allowed-hosts.")
    String webhookUrlHint();

    @Message("Of which wallet")
    String webhookWallet();

    @Message("every wallet")
    String everyWallet();

    @Message("What is told")
    String webhookTypes();

    @Message("received, and final")
    String typeReceivedFinal();

    @Message("received in a block, not yet final")
    String typeReceivedMined();

    @Message("received, but its block left the chain")
    String typeReceivedOrphaned();

    @Message("paid, and final")
    String typeSentFinal();

    @Message("not paid: failed, replaced or expired")
    String typeSentUnpaid();

    @Message("every other step of a payment")
    String typeSentSteps();

    @Message("Choose what is told.")
    String typesMissing();

    @Message("Enter a URL.")
    String urlMissing();

    @Message("everything")
    String everything();

    @Message("Send a test")
    String testWebhook();

    @Message("The test was taken.")
    String testTaken();

    @Message("The test was not taken: %1")
    String testFailed();

    @Message("Try again what was given up")
    String retryDead();

    @Message("Deliveries that are tried again: %1")
    String retried();

    @Message("Remove the webhook “%1”?")
    String removeWebhookAsk();

    @Message("What it was still to be told is dropped.")
    String removeWebhookHelp();

    @Message("Waiting: %1")
    String webhookWaiting();

    @Message("Last: %1")
    String webhookLast();

    @Message("delivered")
    String delivered();

    @Message("Make a backup")
    String makeBackup();

    @Message("The file holds keys, payments, settings and logs. Whoever has it and its passphrase has the "
            + "money: keep them apart.")
    String makeBackupHelp();

    @Message("Passphrase for the file")
    String backupPassphrase();

    @Message("At least 8 characters. Without it the file cannot be opened by anybody.")
    String backupPassphraseHint();

    @Message("The same again")
    String backupAgain();

    @Message("The two passphrases differ.")
    String backupDiffers();

    @Message("The passphrase has less than 8 characters.")
    String backupShort();

    @Message("Download the backup")
    String download();

    @Message("The backup is made. Keep the file and its passphrase apart.")
    String downloaded();

    @Message("Restore")
    String restoreTitle();

    @Message("Into a wallet that has no wallets yet. Stop the one that the file is of first: two of the same "
            + "keys spend each other's numbers.")
    String restoreHelp();

    @Message("Backup file")
    String restoreFile();

    @Message("Choose the file and enter its passphrase.")
    String restoreMissing();

    @Message("Restore it")
    String restore();

    @Message("Restore this backup?")
    String restoreAsk();

    @Message("Everything in the file comes into this wallet. Is the former one stopped?")
    String restoreAskHelp();

    @Message("The backup is restored.")
    String restoredTitle();

    @Message("Wallets: %1, payments: %2")
    String restoredCounts();

    @Message("Payments that were not signed in the backup are held: %1. They go on when they are found on "
            + "the chain or released.")
    String restoredHeld();

    @Message("Release them")
    String release();

    @Message("Release the held payments?")
    String releaseAsk();

    @Message("Only when the former wallet is stopped for ever and is known not to have paid them: else they "
            + "are paid twice.")
    String releaseHelp();

    @Message("Released: %1, still held: %2")
    String released();
}
