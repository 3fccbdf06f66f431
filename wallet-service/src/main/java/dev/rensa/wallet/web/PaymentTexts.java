package dev.rensa.wallet.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page says of payments, as {@link Texts} does: Japanese stands in {@code messages/pay_ja.properties}. */
@MessageBundle("pay")
public interface PaymentTexts {
    @Message("Send")
    String send();

    @Message("Receive")
    String receive();

    @Message("Settings")
    String settings();

    @Message("Accounts")
    String accounts();

    @Message("Account %1")
    String accountNumber();

    @Message("Waits for approval")
    String awaitingApproval();

    @Message("Payments")
    String history();

    @Message("No payments yet. What this wallet pays and receives is listed here.")
    String historyEmpty();

    @Message("All")
    String historyAll();

    @Message("Received")
    String historyReceived();

    @Message("Sent")
    String historySent();

    @Message("mining reward")
    String reward();

    @Message("from %1")
    String fromWhom();

    @Message("to %1")
    String toWhom();

    @Message("left the chain")
    String stateOrphaned();

    @Message("Received payment")
    String received();

    @Message("Its block left the chain: this is not paid, unless another block brings it. The wallet goes on looking.")
    String orphanedHelp();

    @Message("It becomes final with %1 confirmations; until then a reorganisation may undo it.")
    String notFinalHelp();

    @Message("Time of the block")
    String blockTime();

    @Message("Older blocks are being looked through for payments: %1 of %2.")
    String searching();

    @Message("Look for older payments")
    String searchOlder();

    @Message("What an account received before this wallet knew it is looked for in all blocks, in the background.")
    String searchHelp();

    @Message("The search through older blocks begins.")
    String searchBegun();

    @Message("Get 10 test coins")
    String faucetGet();

    @Message("10 coins are on their way.")
    String faucetComing();

    @Message("fills a missing nonce")
    String selfMend();

    @Message("accepted")
    String stateRequested();

    @Message("numbered")
    String stateReserved();

    @Message("signed")
    String stateSigned();

    @Message("waits for a block")
    String stateSubmitted();

    @Message("mined")
    String stateMined();

    @Message("mined, %1 of %2")
    String stateMinedDepth();

    @Message("final")
    String stateFinal();

    @Message("failed")
    String stateFailed();

    @Message("replaced")
    String stateReplaced();

    @Message("expired")
    String stateExpired();

    @Message("being cancelled")
    String stateCancelling();

    @Message("waits for approval")
    String stateAwaiting();

    @Message("A payment is left without an answer.")
    String unfinishedTitle();

    @Message("Nobody knows yet whether the wallet accepted it. Ask again: it is the same request, and is paid once.")
    String unfinishedHelp();

    @Message("Ask again")
    String askAgain();

    @Message("From account")
    String fromAccount();

    @Message("Available: %1")
    String available();

    @Message("Recipient")
    String recipient();

    @Message("An address, or a name from the address book.")
    String recipientHint();

    @Message("Enter an address.")
    String recipientMissing();

    @Message("Up to 8 decimals, with a point: 1234.5")
    String amountHint();

    @Message("Enter an amount.")
    String amountMissing();

    @Message("This is not an amount: write it as 1234.5, with at most 8 decimals.")
    String amountWrong();

    @Message("The amount must be above zero.")
    String amountNone();

    @Message("This is more than the account has: %1.")
    String amountTooMuch();

    @Message("fast: within 1 block")
    String urgencyNext();

    @Message("usual: within 5 blocks")
    String urgencySoon();

    @Message("patient: within 20 blocks")
    String urgencyRelaxed();

    @Message("my own fee")
    String urgencyOwn();

    @Message("Fee in coins")
    String ownFee();

    @Message("Everybody can read it on the chain for ever. At most 256 bytes.")
    String memoHint();

    @Message("The memo has %1 bytes; 256 is the most.")
    String memoLong();

    @Message("Review")
    String review();

    @Message("Send this?")
    String confirmTitle();

    @Message(
            "Compare the address with the one that you were given, from its first character to its last. A payment cannot be called back.")
    String confirmHelp();

    @Message("Send now")
    String sendNow();

    @Message("The payment is accepted: it is neither lost nor paid twice.")
    String accepted();

    @Message("The payment waits for somebody else's approval.")
    String nowWaits();

    @Message("No answer came. Look whether the wallet runs, then try again.")
    String noAnswer();

    @Message("This wallet only watches: it has no keys and cannot pay.")
    String watchCannotSend();

    @Message("Give this address to whoever pays you, or let them scan the code.")
    String receiveHelp();

    @Message("To account")
    String toAccount();

    @Message("The address as a QR code")
    String qrAlt();

    @Message("Copy the address")
    String copyAddress();

    @Message("Payment")
    String transfer();

    @Message("How far it is")
    String steps();

    @Message("accepted")
    String stepRequested();

    @Message("numbered")
    String stepReserved();

    @Message("signed")
    String stepSigned();

    @Message("sent to nodes")
    String stepSubmitted();

    @Message("in a block")
    String stepMined();

    @Message("final")
    String stepFinal();

    @Message("What happened")
    String audit();

    @Message("Confirmations")
    String confirmations();

    @Message("%1 of %2")
    String confirmationsOf();

    @Message("Block")
    String inBlock();

    @Message("Transaction")
    String transactionId();

    @Message("Nonce")
    String nonce();

    @Message("Valid until block")
    String validUntil();

    @Message("always")
    String always();

    @Message("Asked for")
    String asked();

    @Message("Raise the fee")
    String raiseFee();

    @Message(
            "A higher fee lets miners take it sooner. It is paid once, with one fee or the other; the new one must be a tenth higher at least.")
    String raiseFeeHelp();

    @Message("New fee in coins")
    String newFee();

    @Message("The higher fee is offered.")
    String feeRaised();

    @Message("Cancel it")
    String cancelTransfer();

    @Message("Cancel this payment?")
    String cancelAsk();

    @Message(
            "What nodes know already cannot be called back: a payment to yourself competes with it, and costs a fee. The page tells which one won.")
    String cancelHelp();

    @Message("Cancelling is under way.")
    String cancelled();

    @Message("Payments above a wallet's limit wait here until somebody else than who asked decides.")
    String approvalsHelp();

    @Message("Nothing waits for approval.")
    String noApprovals();

    @Message("Asked for by")
    String askedBy();

    @Message("It is approved but could not be made yet: approve it again.")
    String approvedNotMade();

    @Message("It comes from a backup, and the wallet that was backed up may have paid it since:"
            + " look at the account's payments before you approve it.")
    String approvalRestored();

    @Message("Approve")
    String approve();

    @Message("Refuse")
    String refuse();

    @Message("Approve this payment?")
    String approveAsk();

    @Message("Refuse this payment?")
    String refuseAsk();

    @Message("%1 to %2")
    String decisionHelp();

    @Message("%1 to %2. The wallet that was backed up has not paid it: I have looked.")
    String restoredDecisionHelp();

    @Message("Approved: the payment is under way.")
    String approved();

    @Message("Refused.")
    String refused();
}
