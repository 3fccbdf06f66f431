package dev.rensa.wallet.api;

import dev.rensa.wallet.access.AccessRefusedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problem documents for callers who are not known or may not. */
class AccessProblems {

    private static final String CHALLENGE = "ApiKey realm=\"rensa-wallet\"";

    @ServerExceptionMapper
    Response unknown(UnauthorizedException e) {
        return challenge(
                "credentials-required",
                "this call needs an API key in the header " + AccessSettings.KEY_HEADER
                        + ", or a token where the operator takes them");
    }

    @ServerExceptionMapper
    Response wrong(AuthenticationFailedException e) {
        return challenge(
                "credentials-refused",
                "the API key or token is not valid here: it may be mistyped, revoked or" + " expired");
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return ProblemMappers.answer(
                403,
                "role-missing",
                "this caller's role does not allow this call: /q/openapi names" + " the role that each call needs");
    }

    @ServerExceptionMapper
    Response refused(AccessRefusedException e) {
        return ProblemMappers.answer(409, e.code(), String.valueOf(e.getMessage()));
    }

    private static Response challenge(String code, String detail) {
        return Response.fromResponse(ProblemMappers.answer(401, code, detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .build();
    }
}
