package dev.rensa.explorer.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rensa.explorer.fixture.TestNetwork.ALICE;
import static dev.rensa.explorer.fixture.TestNetwork.BOB;
import static dev.rensa.explorer.fixture.TestNetwork.MINER;
import static dev.rensa.explorer.fixture.TestNetwork.address;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.rensa.explorer.fixture.LivingNetwork;
import dev.rensa.explorer.fixture.TestNetwork;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, over nodes that mine, part and come together again. */
@QuarkusTest
@WithTestResource(value = LivingNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class BrowserTest extends BrowserStories {

    private static long nonce = 30;

    /** As many as the page reads at most; see tree.js. */
    private static final int REPLAY_PAGES = 20;

    @Test
    void shouldShowABlockWithoutReloadOnEveryPageThatShowsIt() {
        long height = height();
        long mined = get("/api/address/" + address(MINER)).jsonPath().getLong("minedBlocks");
        List<Page> pages = new ArrayList<>();
        for (String path : List.of(
                "/", "/tree", "/blocks", "/miners", "/charts", "/block/" + height, "/address/" + address(MINER))) {
            Page page = pages.size() < Browser.MOST_PAGES ? browser.desk() : browser.desk("en", ColorScheme.LIGHT);
            page.navigate(path);
            page.evaluate("window.neverReloaded = true");
            pages.add(page);
        }
        Locator tip = pages.get(5).locator(".chip.good");
        assertThat(tip).hasText("confirmations 1");

        everyNode("/test/mine");

        String next = "%,d".formatted(height + 1);
        assertThat(pages.get(0).locator("#newest li").first().locator("a")).hasText(next);
        assertThat(pages.get(0).locator("#drawing .number").getByText(next)).isVisible();
        assertThat(pages.get(0).locator(".spot .height").first()).hasText(Long.toString(height + 1));
        assertThat(pages.get(1).locator("#forest .number").getByText(next)).isVisible();
        assertThat(pages.get(2).locator("tbody tr").first().locator("th")).hasText(next);
        assertThat(pages.get(3).locator("tbody td:last-child a").getByText(next))
                .isVisible();
        assertThat(pages.get(4).locator("tbody tr").last().locator("th")).hasText(next);
        assertThat(tip).hasText("confirmations 2");
        assertThat(pages.get(5).locator("a[rel=next]")).hasText(next + " →");
        assertThat(pages.get(6).locator(".facts")).containsText(mined + 1 + " Blocks");
        for (Page page : pages) {
            assertThat(page.evaluate("window.neverReloaded")).as(page.url()).isEqualTo(true);
        }
    }

    @Test
    void shouldShowATransactionOnItsWayFromTheMempoolIntoABlock() {
        long used = nonce++;
        String id = TestNetwork.transfer(ALICE, used, BOB.publicKey(), 100_000_000 + used, "for lunch")
                .id()
                .toString();
        Page mempool = browser.desk();
        mempool.navigate("/mempool");

        everyNode("/test/wait?nonce=" + used);
        assertThat(mempool.locator("tbody a[href='/tx/" + id + "']")).isVisible();
        Browser.picture(mempool, "mempool-en-light", false);
        Page page = browser.desk();
        page.navigate("/tx/" + id);
        assertThat(page.locator("h1 .chip")).hasText("waits to be mined");
        assertThat(page.locator(".passport circle.pending")).hasCount(3);
        everyNode("/test/mine");

        assertThat(page.locator("h1 .chip")).hasText("confirmations 1");
        assertThat(page.locator(".passport circle.mined")).hasCount(3);
        assertThat(mempool.locator("tbody a[href='/tx/" + id + "']")).hasCount(0);
        Browser.picture(page, "transaction-en-light", false);
    }

    @Test
    void shouldShowASplitAndTheReorganisationThatHealsIt() {
        Page network = browser.desk();
        network.navigate("/");
        Page tree = browser.desk("ja", ColorScheme.DARK);
        tree.navigate("/tree");

        ask(0, "/test/mine");
        ask(1, "/test/mine");
        ask(2, "/test/mine?miner=7");
        ask(0, "/test/mine");
        ask(1, "/test/mine");

        assertThat(network.locator("#verdict")).containsText("The nodes are split over 2 chains");
        assertThat(network.locator("#map .spot.branch-1")).hasCount(1);
        // A node may also be a block behind for a moment, which has a chip of its own.
        assertThat(network.locator("#nodes .chip.warn")
                        .filter(new Locator.FilterOptions().setHasText("another branch")))
                .hasCount(1);
        assertThat(tree.locator("#verdict")).containsText("ノードが 2 本のチェーンに分かれています");
        assertThat(tree.locator("#forest .tag.branch-1")).hasText("node-3");
        Browser.picture(network, "network-split-en-light", false);
        Browser.picture(tree, "tree-split-ja-dark", false);
        ask(2, "/test/follow");

        assertThat(network.locator("#verdict")).containsText("3 nodes, one chain");
        assertThat(network.locator("#map .spot.branch-1")).hasCount(0);
        assertThat(tree.locator("#change")).hasText("node-3 が 1 ブロックを離れ、別の枝へ移りました。");
        assertThat(tree.locator("#reorganisations tbody tr").first()).containsText("node-3");
        assertThat(tree.locator("#forest .block.branch-none")).hasCount(1);
        Browser.picture(tree, "tree-healed-ja-dark", false);
    }

    @Test
    void shouldPlayTheTreeBack() {
        everyNode("/test/mine");
        untilSeen();
        String tip = "%,d".formatted(height());
        Page page = browser.desk();
        page.navigate("/tree");
        assertThat(page.locator("#forest .number").getByText(tip)).isVisible();

        page.locator("#moment").focus();
        page.keyboard().press("Home");

        assertThat(page.locator("#forest .number").getByText(tip)).hasCount(0);
        assertThat(page.locator("#now")).hasAttribute("aria-pressed", "false");
        assertThat(page).hasURL(Pattern.compile(".*/tree\\?at=[0-9]+"));
        page.locator("#now").click();
        assertThat(page.locator("#forest .number").getByText(tip)).isVisible();
        assertThat(page.locator("#limited")).isHidden();
    }

    @Test
    void shouldSayWhatOfThePastItCannotPlay() {
        Page page = browser.desk();
        List<String> asked = new CopyOnWriteArrayList<>();
        page.route("**/api/replay*", route -> {
            asked.add(route.request().url());
            if (asked.size() == 1) {
                route.abort();
            } else {
                // A page that is never the last one, but for the first part.
                String next = asked.size() == 2 ? "" : ",\"next\":\"1-1\"";
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"events\":[]" + next + "}"));
            }
        });
        page.navigate("/tree");
        assertThat(page.locator("#forest .number").first()).isVisible();

        page.locator("#moment").focus();
        assertThat(page.locator("#limited")).isHidden();
        page.waitForCondition(() -> !asked.isEmpty());
        page.locator("#play").click();

        assertThat(page.locator("#limited")).isVisible();
        assertThat(page.locator("#limited")).containsText("There is too much to play all of it; it begins at");
        assertThat(asked).hasSize(1 + REPLAY_PAGES);
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("ERR_FAILED"));
    }

    @Test
    void shouldFindWhatPeopleLookFor() {
        Page page = browser.desk();
        page.navigate("/");

        page.keyboard().press("/");
        page.keyboard().type("the faucet");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(home + "address/" + address(ALICE));
        assertThat(page.locator(".sum")).containsText("RNS");
        Browser.picture(page, "account-en-light", false);
        page.locator("input[type=search]").fill("7");
        page.locator(".search button").click();
        assertThat(page.locator("h1")).containsText("Block 7");
        Browser.picture(page, "block-en-light", false);
    }

    @Test
    void shouldSwitchLanguageAndColoursAndRememberBoth() {
        Page page = browser.desk("en", ColorScheme.LIGHT);
        page.navigate("/blocks?from=20");

        page.locator("a.language").click();
        assertThat(page.locator("h1")).hasText("ブロック");
        assertThat(page).hasURL(home + "blocks?from=20");
        page.locator(".themes button[value=dark]").click();

        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(12, 17, 24)");
        page.navigate("/");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("html")).hasAttribute("lang", "ja");
        assertThat(page.locator("#map .spot")).hasCount(3);
        Browser.picture(page, "network-ja-dark", false);
    }

    @Test
    void shouldFitAPhone() {
        Page page = browser.phone();
        for (String path : paths()) {
            page.navigate(path);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(360);
            String name = path.equals("/") ? "network" : path.split("/", -1)[1];
            Browser.picture(page, "phone-" + name, false);
        }
    }

    @Test
    void shouldBeUsableByKeyboardAlone() {
        Page page = browser.desk();
        page.navigate("/");
        assertThat(page.locator("#map .spot")).hasCount(3);

        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#verdict a").first()).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#map .spot").first()).isFocused();
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*#node-[0-9a-f]{64}"));
    }

    @Test
    void shouldKeepNobodyOut() {
        Page page = browser.desk();
        for (String path : paths()) {
            page.navigate(path);
            Browser.mustBeOpenToAll(page);
        }
    }

    @Test
    void shouldSayThatTheConnectionIsLostAndComeBack() {
        Page page = browser.desk();
        page.route("**/api/events*", route -> route.abort());
        page.navigate("/blocks");
        assertThat(page.locator("#connection")).containsText("The connection to the explorer is lost");

        page.unroute("**/api/events*");

        assertThat(page.locator("#connection")).isEmpty();
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("ERR_FAILED"));
    }

    @Test
    void shouldShowEveryPageWithoutScripts() {
        Page page = browser.withoutScripts();
        for (String path : paths()) {
            page.navigate(path);
            assertThat(page.locator("main h1").first()).not().isEmpty();
            assertThat(page.locator("main table, main dl, main svg").first()).isVisible();
        }
        page.navigate("/tree");
        assertThat(page.locator("#drawing svg rect").first()).isVisible();
        page.locator(".themes button[value=dark]").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    private List<String> paths() {
        String mined = get("/api/address/" + address(ALICE) + "/txs").jsonPath().getString("[0].id");
        return List.of(
                "/",
                "/tree",
                "/blocks",
                "/block/" + height(),
                "/tx/" + mined,
                "/address/" + address(ALICE),
                "/mempool",
                "/miners",
                "/charts",
                "/lab");
    }
}
