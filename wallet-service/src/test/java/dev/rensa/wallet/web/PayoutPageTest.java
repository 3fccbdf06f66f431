package dev.rensa.wallet.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.Chromium;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.WalletSteps;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Many payments from one file, and payments that come in, on the page. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class PayoutPageTest extends PageTestBase {

    private static final String AIKO = address("44");
    private static final String REN = address("55");

    @Test
    void shouldPayManyFromAFileOnceAndReportEachLine() {
        String wallet = WalletSteps.wallet("Payroll");
        WalletSteps.fund(wallet, chain);
        WalletSteps.contact("Aiko", AIKO, "");
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/wallets/" + wallet);
        link(page, "Pay many").click();
        page.getByLabel("File (CSV)")
                .setInputFiles(
                        file("recipient,coins,memo\n" + AIKO + ",1.25,\"November, all of it\"\n" + REN + ",2,\n"));
        assertThat(page.getByText("Lines: 2, together 3.25 RNS")).isVisible();
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "payout-en-light");
        button(page, "Review").click();
        page.getByRole(AriaRole.DIALOG).getByText("Pay all").last().click();

        assertThat(heading(page)).containsText("Payouts");
        Locator lines = page.locator("ol[data-part=lines] li");
        assertThat(lines).hasCount(2);
        assertThat(lines.first()).containsText("Aiko");
        WalletSteps.mineWhatWaits(chain);
        assertThat(page.locator("[data-part=states]").first()).containsText("final 2");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "payout-report-en-light");
        Assertions.assertThat(WalletSteps.payments(wallet)).hasSize(2);
        link(page, "Payouts").click();
        assertThat(page.locator(".payouts > li")).containsText("Lines: 2");
    }

    @Test
    void shouldSayWhichLineIsWrongAndPayNothing() {
        String wallet = WalletSteps.wallet("Typos");
        WalletSteps.fund(wallet, chain);
        Page page = open("ja", ColorScheme.DARK, PHONE);
        look(page, "/wallets/" + wallet + "/payouts", "一括送金", null);

        page.getByLabel("またはテキスト").fill("recipient,coins\n" + AIKO + ",１２\n" + REN + ",x\n");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("2 行目 の金額を読めません");
        page.getByLabel("またはテキスト").fill("recipient,coins,coins\n" + AIKO + ",1,100\n");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("同じ列名が 2 回");
        page.getByLabel("またはテキスト").fill("recipient,coins\n" + AIKO + ",1\nrns1pwrong,2\n");
        assertThat(page.getByText("2 行・合計 3 RNS")).isVisible();
        button(page, "内容を確認").click();
        page.getByRole(AriaRole.DIALOG).getByText("すべて送る").last().click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("誤りのある行があるため");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("line 2:");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "payout-ja-phone");
        Assertions.assertThat(WalletSteps.payments(wallet)).isEmpty();
        expectConsoleError("422 (Unprocessable");
    }

    @Test
    void shouldShowWhatCameInUntilItIsFinalAndWhenItLeavesTheChain() {
        String wallet = WalletSteps.wallet("Ticket booth");
        String payer = WalletSteps.wallet("Visitor");
        WalletSteps.fund(payer, chain);
        WalletSteps.pay(payer, WalletSteps.address(wallet), "two tickets");
        WalletSteps.awaitPending(chain);
        chain.mine();
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/wallets/" + wallet);
        Locator rows = page.locator(".rows[data-part=history] li");
        assertThat(rows).hasCount(1);
        assertThat(rows.first()).containsText("two tickets");
        assertThat(rows.first()).containsText("+1.50000000 RNS");
        assertThat(rows.first()).containsText("mined, 1 of 3");

        page.getByText("Sent", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("No payments yet.")).isVisible();
        page.getByText("Received", new Page.GetByTextOptions().setExact(true)).click();
        rows.first().locator("a").click();
        assertThat(heading(page)).containsText("mined, 1 of 3");
        assertThat(page.locator(".facts")).containsText("two tickets");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "received-en-light");
        chain.mine(2);
        assertThat(heading(page)).containsText("final");
        chain.reorganise(3);
        assertThat(heading(page)).containsText("left the chain");
        Chromium.requireAccessible(page);
        chain.mine(3);
        assertThat(heading(page)).containsText("final");
        page.goBack();
        assertThat(rows.first()).containsText("final");
        Chromium.shoot(page, "wallet-received-en-light");
    }

    private static FilePayload file(String text) {
        return new FilePayload("payroll.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String address(String byteInHex) {
        return new Address("rns", PublicKey.fromHex(byteInHex.repeat(32))).toString();
    }
}
