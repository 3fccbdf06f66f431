package dev.rensa.wallet.api;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.backup.Archive;
import dev.rensa.wallet.backup.Backups;
import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.AccountViews;
import dev.rensa.wallet.policy.PolicyStore;
import dev.rensa.wallet.transfer.Answers;
import dev.rensa.wallet.transfer.Restoration;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** A wallet as one encrypted file, and back. */
@Path("/")
@RunOnVirtualThread
@RolesAllowed("admin")
@Tag(name = "backup")
public class BackupResource {

    private static final String WARNING =
            "Stop the wallet that the backup was made of, if it still runs: two wallets of the"
                    + " same keys spend each other's nonces. What it accepted behind the backup is not known here. Transfers that"
                    + " were not signed in the backup are held until they are found on the chain, have expired, are cancelled, or"
                    + " POST /restore/release lets them go on. Approvals of the backup may have been decided and paid since."
                    + " API keys of the backup open this wallet again, also those that were revoked behind the backup:"
                    + " revoke them here";

    private final Backups backups;
    private final Restoration restoration;
    private final TransferService service;
    private final AccountViews accounts;
    private final Presenter presenter;
    private final Wallets wallets;
    private final Faucet faucet;
    private final PolicyStore policies;
    private final KeyRing ring;
    private final AuditLog audit;
    private final Caller caller;

    /** One at a time: each takes 64 MiB for the passphrase, and the disk. */
    private final Semaphore turn = new Semaphore(1);

    public BackupResource(
            Backups backups,
            Restoration restoration,
            TransferService service,
            AccountViews accounts,
            Presenter presenter,
            Wallets wallets,
            Faucet faucet,
            PolicyStore policies,
            KeyRing ring,
            AuditLog audit,
            Caller caller) {
        this.backups = backups;
        this.restoration = restoration;
        this.service = service;
        this.accounts = accounts;
        this.presenter = presenter;
        this.wallets = wallets;
        this.faucet = faucet;
        this.policies = policies;
        this.ring = ring;
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @Path("backup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary =
                    "Everything that this wallet is, as one encrypted file: keys, labels, address book, policies, approvals,"
                            + " API keys, webhooks, transfers and both logs")
    @APIResponse(responseCode = "200", description = "The file; docs/operations.md describes it")
    @APIResponse(responseCode = "423", description = "locked")
    @APIResponse(responseCode = "503", description = "busy: another backup is being made or restored")
    public Response backup(BackupViews.@Nullable NewBackup body) throws IOException {
        String passphrase = VaultResource.required(RequestReader.body(body).passphrase());
        wallets.requireUnlocked();
        takeTurn();
        java.nio.file.Path file = Files.createTempFile("rensa-wallet-", ".backup");
        try {
            try (OutputStream output = Files.newOutputStream(file)) {
                backups.write(output, passphrase);
            }
            audit.add(caller.actor(), "backup-made", Files.size(file) + " bytes");
            long size = Files.size(file);
            InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return Response.ok(content)
                    .header(HttpHeaders.CONTENT_LENGTH, size)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"rensa-wallet.backup\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            turn.release();
        }
    }

    @POST
    @Path("restore")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Takes a backup into a wallet without wallets, all or nothing",
            description =
                    "The form has the fields `file` and `passphrase`. API keys and the log of orders of this wallet stay"
                            + " beside those of the backup.")
    @APIResponse(responseCode = "200", description = "What came in")
    @APIResponse(responseCode = "403", description = "wrong-passphrase")
    @APIResponse(responseCode = "409", description = "wallet-not-empty")
    @APIResponse(responseCode = "422", description = "backup-damaged, backup-of-other-version")
    @APIResponse(responseCode = "423", description = "locked")
    @APIResponse(responseCode = "503", description = "busy: another backup is being made or restored")
    public BackupViews.RestoredView restore(
            @RestForm("file") @Nullable FileUpload file, @RestForm("passphrase") @Nullable String passphrase)
            throws IOException {
        if (file == null || passphrase == null) {
            throw ApiProblem.malformed("send a form with the fields `file` and `passphrase`");
        }
        wallets.requireUnlocked();
        takeTurn();
        try (InputStream content = Files.newInputStream(file.uploadedFile());
                Backups.Opened backup = backups.open(content, passphrase)) {
            Archive.Restored restored;
            try {
                restored = restoration.replace(backup::restore);
            } finally {
                policies.forget();
            }
            faucet.forget();
            ring.refresh();
            audit.add(
                    caller.actor(),
                    "backup-restored",
                    restored.wallets() + " wallets, " + restored.transfers() + " transfers, " + restored.held()
                            + " of them held");
            return new BackupViews.RestoredView(
                    restored.wallets(), restored.transfers(), restored.held(), restored.open(), WARNING);
        } finally {
            turn.release();
        }
    }

    @POST
    @Path("restore/release")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Lets transfers go on that a restored backup held unsigned: only when the former wallet is stopped for"
                            + " ever and is known not to have paid them")
    @APIResponse(responseCode = "200", description = "How many go on, and how many stay held")
    @APIResponse(responseCode = "503", description = "no-node")
    public BackupViews.ReleasedView release() {
        BlockHash network = service.network().hash();
        List<PublicKey> senders = Answers.await(restoration.senders(network));
        Map<PublicKey, AccountView> views = new HashMap<>();
        List<AccountView> seen =
                accounts.getAll(senders.stream().map(presenter::address).toList());
        for (int i = 0; i < senders.size(); i++) {
            views.put(senders.get(i), seen.get(i));
        }
        Restoration.Released released = Answers.await(restoration.release(network, views, caller.actor()));
        audit.add(caller.actor(), "held-released", released.released() + " transfers");
        return new BackupViews.ReleasedView(released.released(), released.held());
    }

    private void takeTurn() {
        if (!turn.tryAcquire()) {
            throw new ApiProblem(503, "busy", "another backup is being made or restored: try again later");
        }
    }
}
