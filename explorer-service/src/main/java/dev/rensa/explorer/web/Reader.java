package dev.rensa.explorer.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a page.
 *
 * @param locale English or Japanese
 * @param theme {@code light}, {@code dark}, or {@code system}: as the reader's system has it
 * @param chosen whether the address itself names the language; then it is remembered
 * @param here path and query of the page
 */
record Reader(Locale locale, String theme, boolean chosen, String here) {

    static final String LANGUAGE_COOKIE = "rensa-lang";
    static final String THEME_COOKIE = "rensa-theme";

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.JAPANESE);
    private static final List<String> THEMES = List.of("light", "dark", "system");

    /**
     * The language that the address names, else the one chosen before, else the first of the browser's that we speak, else
     * English.
     */
    static Reader of(HttpServerRequest request) {
        String kept = cookie(request, THEME_COOKIE);
        String theme = kept != null && isTheme(kept) ? kept : "system";
        Locale named = language(request.getParam("lang"));
        Locale chosen = language(cookie(request, LANGUAGE_COOKIE));
        Locale locale = named != null ? named : chosen != null ? chosen : spoken(request);
        return new Reader(locale, theme, named != null, request.uri());
    }

    static boolean isTheme(String theme) {
        return THEMES.contains(theme);
    }

    /** One of our languages, null if the text names none. */
    static @Nullable Locale language(@Nullable String name) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(name))
                .findFirst()
                .orElse(null);
    }

    Ages ages() {
        return new Ages(System.currentTimeMillis(), MessageBundles.get(Texts.class, localized()));
    }

    String language() {
        return locale.getLanguage();
    }

    /** This page's address without the language that it names. */
    String address() {
        return here.replaceAll("([?&])lang=[^&]*&?", "$1").replaceAll("[?&]$", "");
    }

    private Localized.Literal localized() {
        return Localized.Literal.of(locale.getLanguage());
    }

    private static Locale spoken(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(header), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    private static @Nullable String cookie(HttpServerRequest request, String name) {
        Cookie cookie = request.getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }
}
