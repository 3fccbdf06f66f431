package dev.rensa.explorer.web;

import dev.rensa.explorer.api.ChainReader;
import dev.rensa.explorer.api.LabReader;
import dev.rensa.explorer.api.ProblemException;
import dev.rensa.protocol.api.Problem;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;

/** Makes a page for its reader; what cannot be shown becomes a page that says why. */
@ApplicationScoped
class PageDesk {

    private static final int REMEMBERED_SECONDS = (int) Duration.ofDays(365).toSeconds();

    private final ChainReader chain;
    private final LabReader lab;

    PageDesk(ChainReader chain, LabReader lab) {
        this.chain = chain;
        this.lab = lab;
    }

    Response page(HttpServerRequest request, String section, Function<Reader, TemplateInstance> page) {
        Reader reader = Reader.of(request);
        try {
            return answer(reader, section, Response.Status.OK.getStatusCode(), page.apply(reader));
        } catch (ProblemException e) {
            return problem(reader, section, e.problem());
        }
    }

    Response problem(Reader reader, String section, Problem problem) {
        return answer(reader, section, problem.status(), Pages.problem(problem));
    }

    /** Never cached: a page shows the present, and its language and colours are the reader's. */
    private Response answer(Reader reader, String section, int status, TemplateInstance page) {
        Shell shell = new Shell(
                reader.language(),
                reader.theme(),
                section,
                reader.address(),
                chain.coinSymbol().orElse(""),
                lab.isPresent());
        Response.ResponseBuilder answer = Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE + ", " + HttpHeaders.COOKIE)
                .entity(page.setLocale(reader.locale()).data("shell", shell).render());
        return (reader.chosen() ? answer.cookie(remember(Reader.LANGUAGE_COOKIE, reader.language())) : answer).build();
    }

    /** A choice that the browser keeps for a year. The script that switches the colours reads and writes it too. */
    static NewCookie remember(String name, String value) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .maxAge(REMEMBERED_SECONDS)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
