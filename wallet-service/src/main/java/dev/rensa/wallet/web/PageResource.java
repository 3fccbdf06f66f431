package dev.rensa.wallet.web;

import dev.rensa.wallet.api.AccessSettings;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The page. It holds no data, so whoever reaches the wallet may have it; its script asks the API, with the reader's key. */
@Path("/")
public class PageResource {

    /** Cookies of these names hold a reader's choices; the explorer on the same host knows them too. */
    private static final String LANGUAGE = "rensa-lang";

    private static final String THEME = "rensa-theme";
    private static final Set<String> THEMES = Set.of("light", "dark");
    private static final Duration KEPT = Duration.ofDays(365);

    @GET
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(
            @QueryParam("lang") @Nullable String named,
            @CookieParam(LANGUAGE) @Nullable String kept,
            @CookieParam(THEME) @Nullable String theme,
            @Context HttpHeaders headers) {
        Locale locale = Languages.choose(named, kept, headers.getAcceptableLanguages());
        String shown = theme != null && THEMES.contains(theme) ? theme : "system";
        String html = Pages.wallet(new Shell(locale.getLanguage(), shown, AccessSettings.KEY_HEADER))
                .setLocale(locale)
                .render();
        Response.ResponseBuilder answer = Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        Languages.find(named).ifPresent(chosen -> answer.cookie(keep(chosen)));
        return answer.build();
    }

    private static NewCookie keep(Locale language) {
        return new NewCookie.Builder(LANGUAGE)
                .value(language.getLanguage())
                .path("/")
                .maxAge((int) KEPT.toSeconds())
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
