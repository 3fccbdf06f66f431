package dev.rensa.wallet.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rensa.wallet.fixture.Chromium;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.WalletSteps;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A browser before the page, which must not complain of anything that a test does not expect. */
abstract class PageTestBase {

    static final int DESKTOP = 1100;
    static final int PHONE = 360;
    private static final int HEIGHT = 620;

    private static @Nullable Chromium browser;

    FakeChain chain;

    @TestHTTPResource("/")
    URI home;

    @BeforeEach
    void startBrowser() {
        Optional<Path> installed = Chromium.installed();
        Assumptions.assumeTrue(
                installed.isPresent(),
                "no Chromium is installed (Debian: apt install chromium, or set RENSA_CHROMIUM): the page is not tested");
        if (browser == null) {
            browser = new Chromium(installed.orElseThrow(), home);
        }
        WalletSteps.awaitNodes();
    }

    @AfterEach
    void requireQuiet() {
        if (browser != null) {
            browser.closePages();
            Assertions.assertThat(browser.takeTroubles()).isEmpty();
        }
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    static Page open(String locale, ColorScheme scheme, int width) {
        if (browser == null) {
            throw new IllegalStateException("the browser is started before each test");
        }
        return browser.open(locale, scheme, width, HEIGHT);
    }

    /** Makes the window of a page as narrow as a phone. */
    static void narrow(Page page) {
        page.setViewportSize(PHONE, HEIGHT);
    }

    /** Goes there, waits for the view, and looks at it with the eyes of those who see less. */
    static void look(Page page, String path, String title, @Nullable String screenshot) {
        page.navigate("/#" + path);
        assertThat(heading(page)).containsText(title);
        Chromium.requireAccessible(page);
        if (screenshot != null) {
            Chromium.shoot(page, screenshot);
        }
    }

    /** What the browser itself logs of an answer that says no is no fault of the page. */
    static void expectConsoleError(String words) {
        if (browser != null) {
            Assertions.assertThat(browser.takeTroubles()).isNotEmpty().allMatch(trouble -> trouble.contains(words));
        }
    }

    static Locator heading(Page page) {
        return page.locator("main h1");
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
