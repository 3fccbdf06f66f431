package dev.rensa.wallet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.rensa.protocol.api.Problem;
import dev.rensa.wallet.backup.BackupException;
import dev.rensa.wallet.key.InvalidMnemonicException;
import dev.rensa.wallet.key.TooManyGuessesException;
import dev.rensa.wallet.key.VaultException;
import dev.rensa.wallet.key.VaultLockedException;
import dev.rensa.wallet.key.WalletExistsException;
import dev.rensa.wallet.key.WrongSecretException;
import dev.rensa.wallet.node.NodeUnavailableException;
import dev.rensa.wallet.transfer.DeskSilentException;
import dev.rensa.wallet.transfer.LostLeaseException;
import dev.rensa.wallet.transfer.RequestTakenException;
import dev.rensa.wallet.transfer.StoreException;
import dev.rensa.wallet.transfer.TransferRefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error as RFC 9457 writes it. */
class ProblemMappers {

    private static final System.Logger LOG = System.getLogger(ProblemMappers.class.getName());

    @ServerExceptionMapper
    Response problem(ApiProblem e) {
        return answer(e.status(), e.code(), sentence(e));
    }

    @ServerExceptionMapper
    Response refused(TransferRefusedException e) {
        int status = switch (e.code()) {
            case TransferRefusedException.TOO_MANY_OPEN, TransferRefusedException.HELD_ELSEWHERE -> 503;
            case TransferRefusedException.NOT_CHANGEABLE, TransferRefusedException.NOT_APPROVED -> 409;
            default -> 422;
        };
        return answer(status, e.code(), sentence(e));
    }

    @ServerExceptionMapper
    Response mnemonic(InvalidMnemonicException e) {
        return answer(400, "invalid-mnemonic", sentence(e));
    }

    @ServerExceptionMapper
    Response exists(WalletExistsException e) {
        return answer(409, "wallet-exists", sentence(e));
    }

    @ServerExceptionMapper
    Response noNode(NodeUnavailableException e) {
        return answer(503, "no-node", sentence(e) + "; nothing was changed, try again later");
    }

    @ServerExceptionMapper
    Response busy(RejectedExecutionException e) {
        return answer(503, "busy", sentence(e) + ": try again later");
    }

    @ServerExceptionMapper
    Response lost(LostLeaseException e) {
        return answer(503, "busy", sentence(e) + "; nothing was changed, try again");
    }

    @ServerExceptionMapper
    Response taken(RequestTakenException e) {
        return answer(503, "busy", sentence(e));
    }

    @ServerExceptionMapper
    Response silent(DeskSilentException e) {
        return answer(
                503,
                "no-answer-in-time",
                sentence(e)
                        + "; whether the request was accepted is not known: repeat it with the same Idempotency-Key");
    }

    @ServerExceptionMapper
    Response storage(StoreException e) {
        LOG.log(System.Logger.Level.ERROR, "a request failed in the storage", e);
        return answer(
                500,
                "storage-failure",
                "the wallet's storage failed; whether the request was accepted is not known: repeat it with the same"
                        + " Idempotency-Key");
    }

    @ServerExceptionMapper
    Response locked(VaultLockedException e) {
        return answer(423, "locked", sentence(e));
    }

    @ServerExceptionMapper
    Response wrongSecret(WrongSecretException e) {
        return answer(403, "wrong-secret", sentence(e));
    }

    @ServerExceptionMapper
    Response backup(BackupException e) {
        int status = switch (e.code()) {
            case BackupException.WRONG_PASSPHRASE -> 403;
            case BackupException.NOT_EMPTY -> 409;
            default -> 422;
        };
        return answer(status, e.code(), sentence(e));
    }

    @ServerExceptionMapper
    Response guesses(TooManyGuessesException e) {
        return Response.fromResponse(answer(429, "too-many-guesses", sentence(e)))
                .header(HttpHeaders.RETRY_AFTER, e.waitSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response vault(VaultException e) {
        LOG.log(System.Logger.Level.ERROR, "a request failed at the vault", e);
        return answer(500, "vault-failure", sentence(e));
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return malformed(e);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException e) {
        return malformed(e);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> answer(404, "not-found", "there is nothing at this path: /q/openapi names all there is");
            case 405 -> answer(405, "method-not-allowed", "this path does not know this method: see /q/openapi");
            case 406 -> answer(406, "not-acceptable", "answers are application/json");
            case 413 -> BodyLimit.tooLarge();
            case 415 -> answer(415, "unsupported-media-type", "send the body as application/json");
            default ->
                answer(status, status >= 500 ? "internal-error" : ApiProblem.MALFORMED, "the request cannot be served");
        };
    }

    @ServerExceptionMapper
    Response anything(Exception e) {
        LOG.log(System.Logger.Level.ERROR, "a request failed unexpectedly", e);
        return answer(500, "internal-error", "the wallet failed at this request; its log says more");
    }

    static Response answer(int status, String code, String detail) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, code, detail))
                .build();
    }

    private static Response malformed(JsonProcessingException e) {
        return answer(400, ApiProblem.MALFORMED, describe(e));
    }

    /** Says where, never what: the text may hold a mnemonic. */
    private static String describe(JsonProcessingException e) {
        String field = e instanceof MismatchedInputException mismatch ? path(mismatch.getPath()) : "";
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "the field `" + unknown.getPropertyName() + "` is unknown here; known are "
                    + unknown.getKnownPropertyIds();
        }
        if (e instanceof StreamReadException) {
            return "the body is not valid JSON"
                    + (e.getLocation() == null
                            ? ""
                            : ": see line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr());
        }
        if (e instanceof InvalidFormatException invalid
                && invalid.getValue() instanceof String text
                && PlainText.isForbidden(text)) {
            return "the field `" + field + "` " + PlainText.FORBIDDEN;
        }
        return field.isEmpty()
                ? "the body is not the JSON object that is expected here: see /q/openapi"
                : "the field `" + field + "` has a value of the wrong type: see /q/openapi";
    }

    private static String path(List<com.fasterxml.jackson.databind.JsonMappingException.Reference> path) {
        return path.isEmpty() || path.getLast().getFieldName() == null
                ? ""
                : path.getLast().getFieldName();
    }

    private static String sentence(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
