package dev.rensa.explorer.web;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String home;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Browser(String home) {
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
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM);
    }

    /** A reader at a desk. */
    Page desk(String language, ColorScheme colours) {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1_280, 900)
                .setLocale(language)
                .setColorScheme(colours));
    }

    /** A reader with a phone. */
    Page phone() {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setLocale("en")
                .setReducedMotion(ReducedMotion.REDUCE));
    }

    /** A reader whose browser runs no scripts. */
    Page withoutScripts() {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setLocale("en"));
    }

    private Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
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
        return context.newPage();
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

    /** Fails if axe finds something that keeps people out. */
    static void mustBeOpenToAll(Page page) {
        mustPass(page, new AxeBuilder(page));
    }

    /** Fails if text does not stand out from what is behind it, which is all that other colours can spoil. */
    static void mustStandOut(Page page) {
        mustPass(page, new AxeBuilder(page).withRules(List.of("color-contrast")));
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
