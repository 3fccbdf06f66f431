package dev.rensa.wallet.api;

import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.key.MasterSecret;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.key.WrongSecretException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The vault that all secrets rest in: lock, unlock, another passphrase. */
@Path("/vault")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "vault")
public class VaultResource {

    private final Vault vault;
    private final AuditLog audit;
    private final Caller caller;

    public VaultResource(Vault vault, AuditLog audit, Caller caller) {
        this.vault = vault;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("reader")
    @Operation(summary = "Whether the vault is locked")
    public KeyViews.VaultView get() {
        OptionalLong lockAt = vault.lockAtMillis();
        return new KeyViews.VaultView(
                vault.isLocked(), vault.wantsPassphrase(), lockAt.isPresent() ? lockAt.getAsLong() : null);
    }

    @POST
    @Path("lock")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed("admin")
    @Operation(
            summary =
                    "Wipes data key and account keys from memory: no transfer is accepted or signed until somebody unlocks")
    public KeyViews.VaultView lock() {
        vault.lock();
        audit.add(caller.actor(), "vault-locked", "");
        return get();
    }

    @POST
    @Path("unlock")
    @RolesAllowed("admin")
    @Operation(summary = "Opens the vault, for a time or until it is locked")
    @APIResponse(responseCode = "200", description = "The vault is open")
    @APIResponse(responseCode = "403", description = "wrong-secret")
    @APIResponse(responseCode = "423", description = "locked: somebody locked it meanwhile")
    @APIResponse(responseCode = "429", description = "too-many-guesses")
    public KeyViews.VaultView unlock(KeyViews.@Nullable Unlock body) {
        KeyViews.Unlock request = RequestReader.body(body);
        Integer seconds = request.seconds();
        if (seconds != null && (seconds < 1 || seconds > Vault.MAX_UNLOCK.toSeconds())) {
            throw ApiProblem.malformed(
                    "the field `seconds` must be from 1 to " + Vault.MAX_UNLOCK.toSeconds() + ", or left out");
        }
        Optional<MasterSecret> given = optional(request.passphrase(), "passphrase");
        requireEnough(given);
        traced("vault-unlocked", () -> {
            vault.unlock(given, seconds == null ? null : Duration.ofSeconds(seconds));
            return true;
        });
        try {
            audit.add(caller.actor(), "vault-unlocked", seconds == null ? "" : "for " + seconds + " s");
        } catch (RuntimeException e) {
            vault.lock();
            throw e;
        }
        return get();
    }

    @POST
    @Path("passphrase")
    @RolesAllowed("admin")
    @Operation(
            summary =
                    "Seals the secrets with another passphrase; the former one, or the file, opens this database no more."
                            + " Change rensa.wallet.passphrase too, or leave it out to unlock by hand after each start")
    @APIResponse(responseCode = "200", description = "The new passphrase holds")
    @APIResponse(responseCode = "403", description = "wrong-secret")
    @APIResponse(responseCode = "409", description = "changed-meanwhile")
    @APIResponse(responseCode = "429", description = "too-many-guesses")
    public KeyViews.VaultView changePassphrase(KeyViews.@Nullable NewPassphrase body) {
        KeyViews.NewPassphrase request = RequestReader.body(body);
        Optional<MasterSecret> former = optional(request.former(), "former");
        MasterSecret next = MasterSecret.ofPassphrase(required(request.passphrase()));
        if (vault.wantsPassphrase() && former.isEmpty()) {
            throw ApiProblem.malformed("the field `former` is missing: give the present passphrase");
        }
        requireEnough(former);
        Vault.Resealed resealed = traced("passphrase-changed", () -> vault.reseal(former, next));
        if (!audit.order(caller.actor(), "passphrase-changed", "", () -> vault.install(resealed))) {
            throw new ApiProblem(
                    409,
                    "changed-meanwhile",
                    "somebody else changed the passphrase at the same moment: nothing was changed");
        }
        return get();
    }

    /** A passphrase to seal with. */
    static String required(@Nullable String passphrase) {
        if (passphrase == null
                || passphrase.length() < Vault.MIN_PASSPHRASE_LENGTH
                || passphrase.length() > Vault.MAX_PASSPHRASE_LENGTH) {
            throw ApiProblem.malformed("the field `passphrase` must have " + Vault.MIN_PASSPHRASE_LENGTH + " to "
                    + Vault.MAX_PASSPHRASE_LENGTH + " characters");
        }
        return passphrase;
    }

    /** Whoever guesses leaves traces too. */
    private <T> T traced(String action, Supplier<T> order) {
        try {
            return order.get();
        } catch (WrongSecretException e) {
            audit.add(caller.actor(), "wrong-secret", "not " + action);
            throw e;
        }
    }

    private void requireEnough(Optional<MasterSecret> given) {
        if (given.isPresent() && !vault.wantsPassphrase()) {
            throw ApiProblem.malformed("a file, and not a passphrase, opens this vault: leave the passphrase out");
        }
        if (given.isEmpty() && !vault.opensByItself()) {
            throw ApiProblem.malformed("the field `passphrase` is missing: a passphrase opens this vault");
        }
    }

    private static Optional<MasterSecret> optional(@Nullable String passphrase, String field) {
        if (passphrase != null && passphrase.length() > Vault.MAX_PASSPHRASE_LENGTH) {
            throw ApiProblem.malformed(
                    "the field `" + field + "` has at most " + Vault.MAX_PASSPHRASE_LENGTH + " characters");
        }
        return Optional.ofNullable(passphrase).map(MasterSecret::ofPassphrase);
    }
}
