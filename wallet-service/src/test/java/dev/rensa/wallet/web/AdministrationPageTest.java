package dev.rensa.wallet.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.rensa.wallet.fixture.Chromium;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.FakeReceiver;
import dev.rensa.wallet.fixture.WalletSteps;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Keys, webhooks and backups on the page. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class AdministrationPageTest extends PageTestBase {

    private static final String PASSPHRASE = "correct horse battery staple";

    /** The wallet's own answers would shut the other tests out: from the first key on, every call needs one. */
    @Test
    void shouldMakeTheFirstKeyShowItOnceAndRevokeIt() {
        List<String> keys = new ArrayList<>();
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        page.route(Pattern.compile("/keys(/.*)?$"), route -> answerOfKeys(route, keys));
        page.navigate("/");
        link(page, "Administration").click();
        Chromium.requireAccessible(page);
        link(page, "API keys").click();
        assertThat(page.getByText("There are no keys")).isVisible();
        assertThat(page.getByLabel("Role")).hasValue("admin");

        page.getByLabel("What it is for").fill("my own");
        button(page, "Make a key").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator("code.secret")).hasText("rnsk_secret");
        assertThat(dialog).containsText("This tab uses it");
        page.keyboard().press("Escape");
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "key-secret-en-light");
        button(page, "I have kept it").click();

        assertThat(page.locator(".plain-rows li")).containsText("my own");
        assertThat(page.locator("body")).not().containsText("rnsk_secret");
        Assertions.assertThat(page.evaluate("sessionStorage.length")).isEqualTo(1);
        Chromium.shoot(page, "keys-en-light");
        button(page, "Revoke: my own").click();
        page.getByRole(AriaRole.DIALOG).getByText("Revoke").last().click();
        assertThat(page.locator(".plain-rows li")).containsText("Revoked");
    }

    @Test
    void shouldMakeTestAndRemoveAWebhook() throws IOException {
        WalletSteps.wallet("抹茶の店");
        try (FakeReceiver receiver = new FakeReceiver()) {
            Page page = open("ja", ColorScheme.DARK, PHONE);
            look(page, "/webhooks", "Webhook", null);
            page.getByLabel("名前").fill("店のシステム");
            page.getByLabel("URL", new Page.GetByLabelOptions().setExact(true)).fill("https://elsewhere.example/hook");
            button(page, "Webhook を追加").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("運用者に許可されていません");
            page.getByLabel("URL", new Page.GetByLabelOptions().setExact(true))
                    .fill(receiver.url().toString());
            button(page, "Webhook を追加").click();
            assertThat(page.locator("code.secret")).containsText("whsec_");
            button(page, "控えました").click();

            Locator card = page.locator(".card").filter(new Locator.FilterOptions().setHasText("店のシステム"));
            assertThat(card).containsText("入金が確定");
            card.getByText("テスト送信").click();
            assertThat(page.locator("#said")).hasText("テストが受け取られました。");
            Assertions.assertThat(receiver.messages())
                    .anyMatch(message -> message.body().contains("webhook.test"));
            page.locator("#said").click();
            Chromium.requireAccessible(page);
            Chromium.shoot(page, "webhooks-ja-phone");
            card.getByText("削除").click();
            page.getByRole(AriaRole.DIALOG).getByText("削除").last().click();
            assertThat(card).hasCount(0);
        }
        expectConsoleError("422 (Unprocessable");
    }

    @Test
    void shouldDownloadABackupAndSayWhyItIsNotRestoredHere() throws IOException {
        WalletSteps.wallet("Kept");
        Page page = open("en", ColorScheme.LIGHT, DESKTOP);
        look(page, "/backups", "Backup", null);
        Locator passphrase = page.getByLabel("Passphrase for the file").first();
        passphrase.fill(PASSPHRASE);
        page.getByLabel("The same again").fill("another");
        button(page, "Download the backup").click();
        assertThat(page.getByText("The two passphrases differ.")).isVisible();
        page.getByLabel("The same again").fill(PASSPHRASE);
        Download download =
                page.waitForDownload(() -> button(page, "Download the backup").click());

        byte[] file = Files.readAllBytes(download.path());
        Assertions.assertThat(download.suggestedFilename()).matches("rensa-wallet-\\d{4}-\\d\\d-\\d\\d\\.backup");
        Assertions.assertThat(file).hasSizeGreaterThan(500);
        assertThat(passphrase).hasValue("");
        page.getByLabel("Backup file")
                .setInputFiles(new FilePayload("wallet.backup", "application/octet-stream", file));
        page.getByLabel("Passphrase for the file").last().fill(PASSPHRASE);
        button(page, "Restore it").click();
        page.getByRole(AriaRole.DIALOG).getByText("Restore it").last().click();
        assertThat(page.getByText("This wallet has")).isVisible();
        Chromium.requireAccessible(page);
        Chromium.shoot(page, "backups-en-light");
        expectConsoleError("409 (Conflict)");
    }

    private static void answerOfKeys(Route route, List<String> keys) {
        String common = "\"id\":\"k1\",\"name\":\"my own\",\"role\":\"admin\",\"createdAtMillis\":1767225600000,"
                + "\"createdBy\":\"local\"";
        switch (route.request().method()) {
            case "POST" -> {
                keys.add("{" + common + "}");
                fulfill(route, 201, "{" + common + ",\"secret\":\"rnsk_secret\"}");
            }
            case "DELETE" -> {
                keys.set(0, "{" + common + ",\"revokedAtMillis\":1767225700000,\"revokedBy\":\"key:my own\"}");
                fulfill(route, 204, "");
            }
            default -> fulfill(route, 200, "{\"keys\":" + keys + "}");
        }
    }

    private static void fulfill(Route route, int status, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody(body));
    }
}
