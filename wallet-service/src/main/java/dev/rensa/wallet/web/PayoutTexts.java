package dev.rensa.wallet.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page says of payouts, as {@link Texts} does: Japanese stands in {@code messages/bulk_ja.properties}. */
@MessageBundle("bulk")
public interface PayoutTexts {
    @Message("Payouts")
    String payouts();

    @Message("Pay many")
    String payMany();

    @Message("Many payments from one account, as comma-separated text. All lines are checked before any is "
            + "accepted, and all are paid or none.")
    String payoutHelp();

    @Message("File (CSV)")
    String payoutFile();

    @Message("Or its text")
    String payoutText();

    @Message("The first line names the columns: recipient, coins (or amount in mon), and memo and fee in mon "
            + "if you like.")
    String payoutTextHint();

    @Message("Lines: %1")
    String payoutLines();

    @Message("Lines: %1, together %2")
    String payoutSum();

    @Message("Choose a file or enter its text.")
    String payoutMissing();

    @Message("The first line must name the columns recipient and coins or amount.")
    String payoutColumns();

    @Message("The first line names a column twice.")
    String payoutColumnTwice();

    @Message("There is no line below the names of the columns.")
    String payoutNoLines();

    @Message("This is more than the page takes at once, 2 MiB or 10,000 lines: split it.")
    String payoutTooLong();

    @Message("Line %1")
    String payoutLine();

    @Message("%1 amount cannot be read.")
    String payoutWrong();

    @Message("Pay all of these?")
    String payoutConfirm();

    @Message("%1 payments, %2 and fees on top.")
    String payoutConfirmHelp();

    @Message("Pay all")
    String payoutPay();

    @Message("Review")
    String payoutReview();

    @Message("The payout is accepted: each line is paid once.")
    String payoutAccepted();

    @Message("A payout is left without an answer.")
    String payoutUnfinished();

    @Message("No payouts yet.")
    String payoutsEmpty();

    @Message("Earlier payouts")
    String payoutEarlier();

    @Message("Together, fees included")
    String payoutTotal();

    @Message("How it stands")
    String payoutState();

    @Message("Line by line")
    String payoutReport();

    @Message("Line")
    String number();
}
