package dev.rensa.explorer.web;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a page.
 *
 * @param locale English or Japanese
 * @param chosen whether the address asked for that language; links then keep it
 */
record Reader(Locale locale, boolean chosen) {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.JAPANESE);

    /** The language that the address names, else the first of the browser's that we speak, else English. */
    static Reader of(@Nullable String lang, HttpHeaders headers) {
        for (Locale language : LANGUAGES) {
            if (language.getLanguage().equals(lang)) {
                return new Reader(language, true);
            }
        }
        for (Locale wanted : headers.getAcceptableLanguages()) {
            for (Locale language : LANGUAGES) {
                if (language.getLanguage().equals(wanted.getLanguage())) {
                    return new Reader(language, false);
                }
            }
        }
        return new Reader(Locale.ENGLISH, false);
    }

    Ages ages() {
        return new Ages(System.currentTimeMillis(), texts());
    }

    /** The same address with the language that this reader has chosen. */
    URI keepLanguage(URI path) {
        return chosen
                ? UriBuilder.fromUri(path)
                        .queryParam("lang", locale.getLanguage())
                        .build()
                : path;
    }

    /** A page in the reader's language. Never cached: it shows the present, and the language may differ. */
    Response answer(int status, TemplateInstance page, String coinSymbol) {
        String lang = locale.getLanguage();
        Shell shell = new Shell(lang, chosen ? "?lang=" + lang : "", chosen ? "&lang=" + lang : "", coinSymbol);
        String html = page.setLocale(locale).data("shell", shell).render();
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(html)
                .build();
    }

    private Texts texts() {
        return MessageBundles.get(Texts.class, Localized.Literal.of(locale.getLanguage()));
    }
}
