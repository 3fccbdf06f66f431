package dev.rensa.wallet.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.Chromium;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.WalletSteps;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The page in a real browser, as people use it. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class WalletPageTest extends PageTestBase {

    @Inject
    ApprovalStore approvals;

    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("22".repeat(32))).toString();

    @Test
    void shouldLeadFromNothingToAPaymentThatIsMadeOnce() {
        WalletSteps.contact("Uji tea garden", RECIPIENT, "tea, every month");
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New wallet"))
                .first()
                .click();
        page.getByLabel("Name").fill("Tea house");
        Chromium.requireAccessible(page);
        button(page, "Make the wallet").click();
        writeDownWords(page);

        assertThat(heading(page)).containsText("Tea house");
        String wallet = page.url().replaceAll(".*/", "");
        button(page, "Get 10 test coins").click();
        WalletSteps.mineWhatWaits(chain);
        assertThat(page.locator(".sum")).hasText("10.00000000 RNS");

        link(page, "Send").click();
        page.getByLabel("Recipient").fill(RECIPIENT);
        page.getByLabel("Amount").fill("1.5");
        page.getByLabel("Memo").fill("two cups of sencha");
        Chromium.requireAccessible(page);
        button(page, "Review").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator("code.whole")).hasText(RECIPIENT);
        assertThat(dialog).containsText("1.50000000 RNS");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "confirm-en-light");
        dialog.getByText("Send now").dblclick();

        Locator state = page.locator("h1 .chip");
        assertThat(state).hasText("waits for a block");
        WalletSteps.mineWhatWaits(chain);
        assertThat(state).hasText("final");
        assertThat(page.locator("[data-part=history] tr").first()).containsText("accepted");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "payment-en-light");
        Assertions.assertThat(WalletSteps.payments(wallet)).hasSize(1);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Tea house"))
                .click();
        assertThat(page.locator(".rows[data-part=history] li").first()).containsText("1.50000000 RNS");
        assertThat(page.locator(".rows[data-part=history] li").last()).containsText("+10.00000000 RNS");
        assertThat(page.locator(".sum")).hasText("8.50000000 RNS");
        WalletSteps.pay(wallet, RECIPIENT, "hojicha, roasted today");
        assertThat(page.locator(".rows[data-part=history] li").first()).containsText("waits for a block");
        page.locator("#said").click();
        Chromium.shoot(page, "wallet-en-light");
    }

    @Test
    void shouldPayOnceWhenTheAnswerIsLost() {
        String wallet = WalletSteps.wallet("Lost answers");
        WalletSteps.fund(wallet, chain);
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        Pattern transfers = Pattern.compile("/wallets/[^/]+/transfers$");
        page.route(transfers, route -> {
            // The wallet hears it, and the browser never hears the wallet.
            route.fetch();
            route.abort();
        });
        page.navigate("/#/wallets/" + wallet + "/send");
        page.getByLabel("Recipient").fill(RECIPIENT);
        page.getByLabel("Amount").fill("2");
        button(page, "Review").click();
        button(page, "Send now").click();
        assertThat(page.getByText("A payment is left without an answer.")).isVisible();
        expectConsoleError("Failed to load resource");

        page.unroute(transfers);
        page.reload();
        assertThat(page.getByLabel("Recipient")).isHidden();
        button(page, "Ask again").click();

        assertThat(heading(page)).containsText("Payment");
        Assertions.assertThat(WalletSteps.payments(wallet)).hasSize(1);
        Assertions.assertThat(page.evaluate("Object.keys(sessionStorage).length"))
                .isEqualTo(0);
    }

    @Test
    void shouldKeepThePaymentWhenAProxyAnswersInWordsOfItsOwn() {
        String wallet = WalletSteps.wallet("Behind a proxy");
        WalletSteps.fund(wallet, chain);
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        Pattern transfers = Pattern.compile("/wallets/[^/]+/transfers$");
        page.route(transfers, route -> {
            route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("text/html")
                    .setBody("<p>Please log in</p>"));
        });
        page.navigate("/#/wallets/" + wallet + "/send");
        page.getByLabel("Recipient").fill(RECIPIENT);
        page.getByLabel("Amount").fill("2");
        button(page, "Review").click();
        button(page, "Send now").click();
        assertThat(page.getByText("A payment is left without an answer.")).isVisible();

        page.unroute(transfers);
        button(page, "Ask again").click();

        assertThat(heading(page)).containsText("Payment");
        Assertions.assertThat(WalletSteps.payments(wallet)).hasSize(1);
    }

    @Test
    void shouldSayWhatIsWrongBeforeAnythingIsSent() {
        String wallet = WalletSteps.wallet("Careful");
        WalletSteps.fund(wallet, chain);
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/wallets/" + wallet + "/send");

        button(page, "Review").click();
        assertThat(page.getByText("Enter an address.")).isVisible();
        assertThat(page.getByText("Enter an amount.")).isVisible();
        page.getByLabel("Recipient").fill(RECIPIENT.substring(0, RECIPIENT.length() - 1) + "b");
        page.getByLabel("Amount").fill("1,5");
        button(page, "Review").click();
        assertThat(page.getByText("This is not an amount")).isVisible();
        page.getByLabel("Amount").fill("11");
        button(page, "Review").click();
        assertThat(page.getByText("more than the account has: 10 RNS")).isVisible();
        page.getByLabel("Amount").fill("１．００００００１");
        button(page, "Review").click();
        assertThat(page.locator("#send-recipient-error")).containsText("The address is not valid");
        page.getByLabel("Recipient").fill(RECIPIENT);
        button(page, "Review").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1.00000010 RNS");
        page.keyboard().press("Escape");

        Assertions.assertThat(WalletSteps.payments(wallet)).isEmpty();
        expectConsoleError("400 (Bad Request)");
    }

    @Test
    void shouldSpeakJapaneseInTheDarkAndOnAPhone() {
        String wallet = WalletSteps.wallet("抹茶の店");
        WalletSteps.fund(wallet, chain);
        WalletSteps.pay(wallet, RECIPIENT, "お茶を二杯");
        WalletSteps.contact("茶園", RECIPIENT, "京都");
        Page page = open("ja", ColorScheme.DARK, DESKTOP);
        page.navigate("/");
        assertThat(page.locator("html")).hasAttribute("lang", "ja");
        look(page, "", "ウォレット", "wallets-ja-dark");
        look(page, "/wallets/" + wallet, "抹茶の店", "wallet-ja-dark");

        narrow(page);
        look(page, "", "ウォレット", "wallets-ja-phone");
        look(page, "/new", "新しいウォレット", null);
        look(page, "/wallets/" + wallet, "抹茶の店", "wallet-ja-phone");
        look(page, "/wallets/" + wallet + "/receive", "受け取る", "receive-ja-phone");
        assertThat(page.getByAltText("アドレスの QR コード")).hasJSProperty("complete", true);
        look(page, "/wallets/" + wallet + "/settings", "設定", null);
        look(page, "/approvals", "承認待ち", null);
        look(page, "/contacts", "アドレス帳", null);
        look(page, "/vault", "保管庫", null);
        look(page, "/wallets/" + wallet + "/send", "送る", "send-ja-phone");
        page.getByLabel("宛先").fill("rns1pwrong");
        page.getByLabel("金額").fill("1");
        button(page, "内容を確認").click();
        assertThat(page.locator("#send-recipient-error")).containsText("アドレスが正しくありません");
        page.getByLabel("宛先").fill("茶園");
        button(page, "内容を確認").click();
        assertThat(page.getByRole(AriaRole.DIALOG).locator("code.whole")).hasText(RECIPIENT);
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "confirm-ja-phone");
        expectConsoleError("400 (Bad Request)");
    }

    @Test
    void shouldBeUsedByKeyboardAlone() {
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/new");
        assertThat(heading(page)).hasText("New wallet");

        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Tab");
        page.keyboard().type("Watched");
        page.keyboard().press("Tab");
        page.keyboard().type(new Address("rns", PublicKey.fromHex("33".repeat(32))).toString());
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(heading(page)).containsText("Watched");
        assertThat(heading(page)).isFocused();
        assertThat(heading(page)).containsText("watch-only");
        assertThat(link(page, "Send")).isHidden();
    }

    @Test
    void shouldAskForAKeyAndKeepItInThisTabAlone() {
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.route(Pattern.compile("/status$"), WalletPageTest::wantKey);

        page.navigate("/");
        assertThat(heading(page)).hasText("Which key is yours?");
        Chromium.requireAccessible(page);
        page.getByLabel("API key").fill("rnsk_wrong");
        button(page, "Open the wallet").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This key is not known");
        page.getByLabel("API key").fill("rnsk_right");
        button(page, "Open the wallet").click();

        assertThat(heading(page)).hasText("Wallets");
        Assertions.assertThat(page.url()).doesNotContain("rnsk");
        Assertions.assertThat(page.evaluate("[localStorage.length, document.cookie, sessionStorage.length].join()"))
                .isEqualTo("0,,1");
        button(page, "Forget it").click();
        assertThat(heading(page)).hasText("Which key is yours?");
        Assertions.assertThat(page.evaluate("sessionStorage.length")).isEqualTo(0);
        expectConsoleError("401 (Unauthorized)");
    }

    @Test
    void shouldShowWhatWaitsForApprovalAndWhyItCannotBeDecided() {
        String wallet = WalletSteps.wallet("Two of us");
        WalletSteps.fund(wallet, chain);
        WalletSteps.wantApproval(wallet);
        WalletSteps.pay(wallet, RECIPIENT, "new kettle");
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/wallets/" + wallet);
        assertThat(page.locator(".rows[data-part=waiting] li")).containsText("new kettle");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Approvals"))
                .click();
        Locator card = page.locator(".card").filter(new Locator.FilterOptions().setHasText("new kettle"));
        assertThat(card).containsText("1.50000000 RNS");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "approvals-en-light");
        card.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
        page.getByRole(AriaRole.DIALOG)
                .getByText("Approve", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Whoever asked for a transfer does not approve it");
        expectConsoleError("403 (Forbidden)");
    }

    @Test
    void shouldApproveWhatABackupBroughtOnceSomebodyLooked() {
        String wallet = WalletSteps.wallet("Restored");
        WalletSteps.fund(wallet, chain);
        approvals.add(fromBackup(wallet), 0);
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/approvals");

        Locator card = page.locator(".card").filter(new Locator.FilterOptions().setHasText("asked before the fire"));
        assertThat(card).containsText("may have paid it since");
        card.getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("has not paid it: I have looked");
        Chromium.requireAccessible(page);
        dialog.getByText("Approve", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(card).isHidden();
        Assertions.assertThat(WalletSteps.payments(wallet)).hasSize(1);
    }

    private static Approval fromBackup(String wallet) {
        return new Approval(
                "restored",
                FakeChain.development().network().toHex(),
                wallet,
                "{\"recipient\":\"" + RECIPIENT + "\",\"amount\":1,\"memo\":\"asked before the fire\"}",
                null,
                "00".repeat(32),
                Approval.WAITING,
                "key:somebody",
                System.currentTimeMillis(),
                null,
                null,
                null,
                true);
    }

    @Test
    void shouldOfferAHigherFeeAndCancel() {
        String wallet = WalletSteps.wallet("Changed mind");
        WalletSteps.fund(wallet, chain);
        WalletSteps.pay(wallet, RECIPIENT, "too early");
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/wallets/" + wallet);
        page.locator(".rows[data-part=history] a").first().click();

        button(page, "Raise the fee").click();
        page.getByLabel("New fee in coins").fill("0.001");
        page.getByRole(AriaRole.DIALOG).getByText("Raise the fee").last().click();
        assertThat(page.locator(".facts")).containsText("0.001 RNS");
        button(page, "Cancel it").click();
        page.getByRole(AriaRole.DIALOG).getByText("Cancel it").click();

        assertThat(page.locator("h1 .chip")).hasText("being cancelled");
        assertThat(button(page, "Cancel it")).isHidden();
    }

    @Test
    void shouldLockAndUnlockTheVault() {
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.navigate("/#/vault");

        button(page, "Lock now").click();
        assertThat(page.locator("h1 .chip")).hasText("locked");
        assertThat(page.getByText("The vault is locked:")).isVisible();
        Chromium.requireAccessible(page);
        page.locator("main")
                .getByText("Unlock", new Locator.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.locator("h1 .chip")).hasText("unlocked");
        assertThat(page.getByText("It locks by itself")).isVisible();
        WalletSteps.unlockVault();
    }

    private static void wantKey(Route route) {
        String key = route.request().headers().get("x-rensa-api-key");
        if ("rnsk_right".equals(key)) {
            route.resume();
            return;
        }
        String code = key == null ? "credentials-required" : "credentials-refused";
        route.fulfill(new Route.FulfillOptions()
                .setStatus(401)
                .setContentType("application/problem+json")
                .setBody("{\"code\":\"" + code + "\",\"detail\":\"this key is not known\"}"));
    }

    private static void writeDownWords(Page page) {
        assertThat(page.locator(".words li")).hasCount(12);
        List<String> words = page.locator(".words li").allTextContents();
        Chromium.requireAccessible(page);
        button(page, "I have written them down").click();
        List<Locator> asked = page.locator(".asked input").all();
        asked.getFirst().fill("wrong");
        button(page, "Check").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That does not match");
        for (Locator input : asked) {
            input.fill(words.get(Integer.parseInt(String.valueOf(input.getAttribute("data-at")))));
        }
        button(page, "Check").click();
    }
}
