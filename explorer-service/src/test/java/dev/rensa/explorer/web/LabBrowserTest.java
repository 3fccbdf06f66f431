package dev.rensa.explorer.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.LivingNetwork;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The lab's page in a real browser. */
@QuarkusTest
@WithTestResource(value = LivingNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class LabBrowserTest extends BrowserStories {

    @Test
    void shouldCutAndHealByKeyboardAndShowIt() {
        Page page = browser.desk();
        page.navigate("/");
        page.locator("nav a.lab").focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(home + "lab");
        assertThat(page.locator("#odds tr")).hasCount(13);

        page.locator("#lab-nodes tr").first().locator("input[value=right]").focus();
        page.keyboard().press("Space");
        page.locator("#do-split").focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#report")).hasText("Done by all nodes (3)");
        assertThat(page.locator("#lab-links tbody tr")).hasCount(2);
        assertThat(page.locator("#lab-links .chip.bad").first()).hasText("cut");
        Browser.picture(page, "lab-en-light", true);
        page.locator("#lab-links button").first().click();
        assertThat(page.locator("#lab-links tbody tr")).hasCount(1);
        page.locator("#do-heal").click();
        assertThat(page.locator("#lab-links .empty")).hasText("No link is disturbed.");
    }

    /** Breaking links may well make a node unreachable for a moment. */
    @Test
    void shouldKeepWhatWasChosenInTheLabWhileNodesAreAway() {
        Page page = browser.desk("en", ColorScheme.LIGHT);
        page.navigate("/lab");
        page.evaluate("window.neverReloaded = true");
        Locator side = page.locator("#lab-nodes tr").first().locator("input[value=right]");
        side.check();
        page.locator("summary").last().click();
        page.locator("#admin-key").fill("a key");

        everyNode("/test/stop");
        assertThat(page.locator("#presence .empty")).isVisible();
        everyNode("/test/start");
        assertThat(page.locator("#presence .empty")).hasCount(0);

        assertThat(page.locator("#lab-nodes tr")).hasCount(3);
        assertThat(side).isChecked();
        assertThat(page.locator("#admin-key")).hasValue("a key");
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        page.context().close();
    }

    @Test
    void shouldKeepTheFocusWhereAStepOfTheStoryWasOrdered() {
        Page page = browser.desk("en", ColorScheme.LIGHT);
        page.navigate("/lab");
        page.locator("#begin button").click();
        Locator next = page.locator("[data-story=next]");
        assertThat(next).isEnabled();

        next.focus();
        page.keyboard().press("Enter");

        // The fakes mine nothing, so it goes no further.
        assertThat(page.locator(".tale .chip.bad")).isVisible();
        assertThat(page.locator("#story .trouble")).containsText("mined no block");
        assertThat(next).isDisabled();
        assertThat(next).isFocused();
        page.context().close();
    }

    @Test
    void shouldOfferTheLinksOfNodesThatAreSeenLater() {
        everyNode("/test/stop");
        Eventually.until(
                "no node is seen",
                () -> get("/api/lab").jsonPath().getList("nodes").isEmpty());
        Page page = browser.desk();
        page.navigate("/lab");
        assertThat(page.locator("#presence .empty")).isVisible();

        everyNode("/test/start");

        assertThat(page.locator("#link-a option")).hasCount(3);
        assertThat(page.locator("#link-b option")).hasCount(3);
        page.locator("#link-a").selectOption(new SelectOption().setIndex(0));
        page.locator("#link-b").selectOption(new SelectOption().setIndex(2));
        page.locator("#link button").click();
        assertThat(page.locator("#lab-links tbody tr")).hasCount(1);
        assertThat(page.locator("#link-b"))
                .hasValue(page.locator("#lab-nodes tr").last().getAttribute("data-node"));
        page.locator("#do-heal").click();
        assertThat(page.locator("#lab-links .empty")).isVisible();
    }
}
