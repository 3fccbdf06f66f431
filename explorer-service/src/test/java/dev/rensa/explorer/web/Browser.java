package dev.rensa.explorer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real browser that is already installed, and what it complained of. Pages must not ask any host but their own. */
final class Browser implements AutoCloseable {

    /** Debian's, or the one that the environment names. */
    static final Path CHROMIUM =
            Path.of(Objects.requireNonNullElse(System.getenv("RENSA_CHROMIUM"), "/usr/bin/chromium"));

    /** Where the pictures go; people look at them. */
    private static final Path PICTURES = Path.of("target", "screenshots");

    /** What a page makes itself. */
    private static final List<String> OWN_SCHEMES = List.of("data", "blob", "about");

    private static final double WAIT_MILLIS = 15_000;

    /** Pages that one reader has open at most: a browser opens six connections to a host, and each page keeps one. */
    static final int MOST_PAGES = 4;

    /** Then what changed is drawn. */
    private static final String TWO_FRAMES =
            "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

    private static @Nullable Browser common;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String home;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BrowserContext reader;

    private Browser(String home) {
        this.home = home;
        PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        this.reader = context(atDesk("en", ColorScheme.LIGHT));
    }

    /** The one of all tests, for starting it takes a second; it ends with them. */
    static synchronized Browser shared(String home) {
        if (common == null || !common.home.equals(home)) {
            Browser started = new Browser(home);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            common = started;
        }
        return common;
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM);
    }

    /** One more page of the reader at a desk, whose browser has what pages load already. */
    Page desk() {
        return reader.newPage();
    }

    /** Another reader at a desk, who was never here. */
    Page desk(String language, ColorScheme colours) {
        return context(atDesk(language, colours)).newPage();
    }

    private static com.microsoft.playwright.Browser.NewContextOptions atDesk(String language, ColorScheme colours) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1_280, 900)
                .setLocale(language)
                .setColorScheme(colours);
    }

    /** A reader with a phone. */
    Page phone() {
        return context(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setLocale("en")
                        .setReducedMotion(ReducedMotion.REDUCE))
                .newPage();
    }

    /** A reader whose browser runs no scripts. */
    Page withoutScripts() {
        return context(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setLocale("en"))
                .newPage();
    }

    private BrowserContext context(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setBaseURL(home));
        context.setDefaultTimeout(WAIT_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        context.onRequest(request -> {
            URI asked = URI.create(request.url());
            if (!OWN_SCHEMES.contains(asked.getScheme()) && !request.url().startsWith(home)) {
                complaints.add("asks elsewhere: " + request.url());
            }
        });
        return context;
    }

    /** Closes what is open; readers but the first one leave. */
    void closePages() {
        List.copyOf(reader.pages()).forEach(Page::close);
        browser.contexts().stream()
                .filter(context -> !context.equals(reader))
                .toList()
                .forEach(BrowserContext::close);
    }

    /** What pages complained of since the last call. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** Takes a picture of what a reader sees first, or of the whole page. */
    static void picture(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(whole));
    }

    /**
     * Fails if axe finds something that keeps people out. In the other colours only text that does not stand out from what is
     * behind it can. Leaves the page in those.
     */
    static void mustBeOpenToAll(Page page) {
        page.emulateMedia(in(ColorScheme.LIGHT));
        mustPass(page, axe(page));
        page.emulateMedia(in(ColorScheme.DARK));
        page.evaluate(TWO_FRAMES);
        mustPass(page, axe(page).withRules(List.of("color-contrast")));
    }

    /** Without motion: colours that fade from one scheme to the other are neither's. */
    private static Page.EmulateMediaOptions in(ColorScheme colours) {
        return new Page.EmulateMediaOptions().setColorScheme(colours).setReducedMotion(ReducedMotion.REDUCE);
    }

    /** Only what is wrong is described, and our pages have no frames of other origins, for each of which it would open a page. */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static void mustPass(Page page, AxeBuilder axe) {
        List<String> serious = axe.analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(Browser::describe)
                .toList();
        assertThat(serious).as(page.url()).isEmpty();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
