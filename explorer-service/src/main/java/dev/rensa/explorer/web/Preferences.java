package dev.rensa.explorer.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers language and colours in cookies, for readers without JavaScript too, and leads back. */
@Path("/preferences")
public class Preferences {

    /** Longest address that is led back to: none of ours is longer. */
    private static final int MAX_PATH = 2_000;

    @GET
    public Response choose(
            @QueryParam("lang") @Nullable String lang,
            @QueryParam("theme") @Nullable String theme,
            @QueryParam("to") @Nullable String to) {
        Response.ResponseBuilder answer = Response.seeOther(own(to));
        Locale language = Reader.language(lang);
        if (language != null) {
            answer.cookie(PageDesk.remember(Reader.LANGUAGE_COOKIE, language.getLanguage()));
        }
        if (theme != null && Reader.isTheme(theme)) {
            answer.cookie(PageDesk.remember(Reader.THEME_COOKIE, theme));
        }
        return answer.build();
    }

    /** A path of this explorer, so that nobody can use it to lead readers elsewhere; the first page for anything else. */
    private static URI own(@Nullable String to) {
        boolean ours = to != null && to.length() <= MAX_PATH && to.matches("/(?![/\\\\])[^\\\\\\s\\p{Cntrl}]*");
        try {
            return URI.create(ours && to != null ? to : "/");
        } catch (IllegalArgumentException e) {
            return URI.create("/");
        }
    }
}
