package dev.rensa.wallet.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * What the page says around payments: wallets, words, settings, the vault. In English here and in Japanese in
 * {@code messages/msg_ja.properties}. Where the script puts something in, it says %1 and %2.
 */
@MessageBundle
public interface Texts {
    @Message("Rensa wallet")
    String title();

    @Message("Colours")
    String theme();

    @Message("As the system")
    String themeSystem();

    @Message("Light")
    String themeLight();

    @Message("Dark")
    String themeDark();

    @Message("Pages")
    String navigation();

    @Message("Skip to the content")
    String skip();

    @Message("Wallets")
    String wallets();

    @Message("Approvals")
    String approvals();

    @Message("Address book")
    String contacts();

    @Message("Vault")
    String vault();

    @Message("This page needs JavaScript: it asks the wallet's API, which is described at /q/openapi.")
    String noScript();

    @Message("The wallet does not answer. What you see may be old; this page goes on by itself once it answers.")
    String noticeSilent();

    @Message("No node can be used, so nothing can be sent and no balance is known.")
    String noticeNodes();

    @Message("The vault is locked: nothing can be sent or made.")
    String noticeLocked();

    @Message("Unlock")
    String unlock();

    @Message("This tab uses an API key.")
    String keyInUse();

    @Message("Forget it")
    String forgetKey();

    @Message("The API is described at")
    String apiAt();

    @Message("Loading …")
    String loading();

    @Message("That did not work")
    String problemTitle();

    @Message("To the wallets")
    String toWallets();

    @Message("More")
    String more();

    @Message("Older")
    String older();

    @Message("Back")
    String back();

    @Message("Save")
    String save();

    @Message("Remove")
    String remove();

    @Message("Name")
    String name();

    @Message("Note")
    String note();

    @Message("(optional)")
    String optional();

    @Message("Address")
    String address();

    @Message("Balance")
    String balance();

    @Message("Amount")
    String amount();

    @Message("Fee")
    String fee();

    @Message("Memo")
    String memo();

    @Message("To")
    String to();

    @Message("From")
    String from();

    @Message("Time")
    String time();

    @Message("State")
    String state();

    @Message("Cause")
    String cause();

    @Message("Copied.")
    String copied();

    @Message("Saved.")
    String saved();

    @Message("The browser did not allow copying: select the address and copy it by hand.")
    String notCopied();

    @Message("Which key is yours?")
    String keyTitle();

    @Message("This wallet serves only those who bring an API key. An administrator makes one.")
    String keyHelp();

    @Message("API key")
    String apiKey();

    @Message("It stays in this tab until you close it, and never goes into an address.")
    String keyHint();

    @Message("Open the wallet")
    String openWallet();

    @Message("Enter a key first.")
    String keyMissing();

    @Message("The key is gone from this tab.")
    String keyForgotten();

    @Message("New wallet")
    String newWallet();

    @Message("There is no wallet yet.")
    String noWallets();

    @Message("A wallet holds keys and sends coins. Make one with fresh words, or bring the words of one that you have.")
    String noWalletsHelp();

    @Message("watch-only")
    String watchOnly();

    @Message("faucet")
    String faucetChip();

    @Message("Balance not known")
    String unknownBalance();

    @Message("%1 once what is pending is mined")
    String pendingBalance();

    @Message("Nodes")
    String nodes();

    @Message("%1 of %2 usable")
    String nodesUsable();

    @Message("usable")
    String nodeUsable();

    @Message("left out")
    String nodeLeftOut();

    @Message("block %1")
    String nodeHeight();

    @Message("Network %1, block %2")
    String networkIs();

    @Message("No network yet")
    String networkUnknown();

    @Message("Kind")
    String kindOfWallet();

    @Message("With fresh words")
    String kindFresh();

    @Message("The wallet makes words that you write down.")
    String kindFreshHelp();

    @Message("With words that I have")
    String kindImport();

    @Message("Bring back a wallet from its 12 or 24 words.")
    String kindImportHelp();

    @Message("Only watch")
    String kindWatch();

    @Message("Shows the balances of addresses and cannot pay.")
    String kindWatchHelp();

    @Message("Name")
    String walletName();

    @Message("For people; it can be changed later.")
    String walletNameHint();

    @Message("How many words")
    String howManyWords();

    @Message("12 words")
    String words12();

    @Message("24 words")
    String words24();

    @Message("Your words")
    String yourWords();

    @Message("In their order, with spaces between them. They go to your wallet alone and are sealed there.")
    String yourWordsHint();

    @Message("Extra passphrase")
    String extraPassphrase();

    @Message("Passphrase")
    String passphrase();

    @Message("BIP-39's, on top of the words. Without it the words alone bring back another, empty wallet.")
    String extraPassphraseHint();

    @Message("Addresses")
    String addressesToWatch();

    @Message("One a line, up to 1,000.")
    String addressesToWatchHint();

    @Message("Make the wallet")
    String makeWallet();

    @Message("The wallet is made.")
    String walletMade();

    @Message("Give it a name.")
    String labelMissing();

    @Message("Enter the words.")
    String wordsMissing();

    @Message("Enter at least one address.")
    String addressesMissing();

    @Message("Write these words down")
    String wordsTitle();

    @Message("They are shown this once.")
    String wordsOnce();

    @Message(
            "Whoever has them has the coins, and without them nobody can bring this wallet back. Write them on paper, in their order.")
    String wordsHelp();

    @Message("I have written them down")
    String wordsWritten();

    @Message("To be sure, enter these words from your paper.")
    String wordsAsk();

    @Message("Word %1")
    String wordNumber();

    @Message("Check")
    String wordsCheck();

    @Message("Show the words again")
    String wordsAgain();

    @Message("That does not match: look at word %1 again.")
    String wordsWrong();

    @Message("The words are right. Keep the paper safe.")
    String wordsDone();

    @Message("Leave without checking the words?")
    String wordsLeave();

    @Message("They are never shown again. The wallet stays, and can pay, but cannot be brought back without its words.")
    String wordsLeaveHelp();

    @Message("Leave")
    String leave();

    @Message("Add an account")
    String addAccount();

    @Message("The account is added.")
    String accountAdded();

    @Message("Limits")
    String policy();

    @Message("In coins, fees included. What is empty is not limited.")
    String policyHelp();

    @Message("Most of one payment")
    String policyTransfer();

    @Message("Most within 24 hours")
    String policyDay();

    @Message("Needs approval above")
    String policyApproval();

    @Message("Only these recipients")
    String policyRecipients();

    @Message("Addresses, one a line; anybody if empty.")
    String policyRecipientsHint();

    @Message("no limit")
    String noLimit();

    @Message("The address book is empty. Names make a mistyped address stand out.")
    String noContacts();

    @Message("Add an entry")
    String addContact();

    @Message("Remove %1 from the address book?")
    String removeAsk();

    @Message("Give it a name.")
    String nameMissing();

    @Message("unlocked")
    String vaultOpen();

    @Message("locked")
    String vaultLocked();

    @Message("Keys can be used. Lock the vault when nobody needs to send.")
    String vaultOpenHelp();

    @Message("Keys are wiped from memory. Unlock to send and to make wallets; payments accepted before wait.")
    String vaultLockedHelp();

    @Message("It locks by itself at %1.")
    String vaultUntil();

    @Message("For how long")
    String unlockFor();

    @Message("10 minutes")
    String minutes10();

    @Message("1 hour")
    String hour1();

    @Message("8 hours")
    String hours8();

    @Message("until it is locked")
    String untilLocked();

    @Message("Lock now")
    String lockNow();

    @Message("Enter the passphrase.")
    String passphraseMissing();

    @Message("The wallet's own words:")
    String originalWords();

    @Message("There is nothing at this address of the page.")
    String problemPage();
}
