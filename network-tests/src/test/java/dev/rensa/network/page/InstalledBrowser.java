package dev.rensa.network.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A browser of this machine with one page, which notes whatever a page should not do. */
final class InstalledBrowser implements AutoCloseable {

    /** Where systems keep it; the environment may name another one. */
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private static final double LONGEST_WAIT_MILLIS = 15_000;

    private final Playwright playwright;
    private final Page page;
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    InstalledBrowser(Path executable, URI home) {
        PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_WAIT_MILLIS);
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
        this.page = browser.newPage(
                new Browser.NewPageOptions().setBaseURL(home.toString()).setLocale("en"));
        page.setDefaultTimeout(LONGEST_WAIT_MILLIS);
        page.onPageError(error -> troubles.add("uncaught: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        });
    }

    /** The browser, if this machine has one. */
    static Optional<Path> find() {
        return Stream.concat(Stream.ofNullable(System.getenv("RENSA_CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    Page page() {
        return page;
    }

    void requireQuiet() {
        assertThat(troubles).isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
