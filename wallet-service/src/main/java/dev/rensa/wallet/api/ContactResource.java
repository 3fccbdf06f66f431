package dev.rensa.wallet.api;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.access.AuditLog;
import dev.rensa.wallet.key.Contact;
import dev.rensa.wallet.key.ContactStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The address book: names for addresses that people pay. */
@Path("/contacts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "contacts")
public class ContactResource {

    private final ContactStore contacts;
    private final Presenter presenter;
    private final AuditLog audit;
    private final Caller caller;
    private final Clock clock;

    public ContactResource(ContactStore contacts, Presenter presenter, AuditLog audit, Caller caller, Clock clock) {
        this.audit = audit;
        this.caller = caller;
        this.contacts = contacts;
        this.presenter = presenter;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("reader")
    @Operation(summary = "The address book by name")
    public KeyViews.ContactList list() {
        return new KeyViews.ContactList(contacts.list().stream().map(this::view).toList());
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("spender")
    @Operation(summary = "Writes an entry of the address book, in place of a former one of the same name")
    @APIResponse(responseCode = "200", description = "The entry")
    @APIResponse(responseCode = "409", description = "too-many-contacts")
    public KeyViews.ContactView put(@PathParam("name") String name, KeyViews.@Nullable NewContact body) {
        KeyViews.NewContact request = RequestReader.body(body);
        String label = RequestReader.label(name, "name", Contact.MAX_NAME_LENGTH);
        PublicKey key = RequestReader.address(request.address(), "address", presenter.prefix());
        String note = request.note() == null ? "" : request.note().strip();
        if (note.length() > Contact.MAX_NOTE_LENGTH) {
            throw ApiProblem.malformed("the field `note` has at most " + Contact.MAX_NOTE_LENGTH + " characters");
        }
        Optional<Contact> former = contacts.find(label);
        long createdAt = former.map(Contact::createdAtMillis).orElseGet(clock::millis);
        Contact contact = new Contact(label, key, note, createdAt);
        boolean written = audit.order(
                caller.actor(),
                "contact-written",
                label + ": " + presenter.address(key)
                        + former.map(entry -> ", before " + presenter.address(entry.key()))
                                .orElse(""),
                () -> contacts.put(contact));
        if (!written) {
            throw new ApiProblem(
                    409, "too-many-contacts", "the address book has " + Contact.MAX_CONTACTS + " entries, its limit");
        }
        return view(contact);
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed("spender")
    @Operation(summary = "Removes an entry of the address book")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "unknown-contact")
    public Response remove(@PathParam("name") String name) {
        if (!audit.order(caller.actor(), "contact-removed", name, () -> contacts.remove(name))) {
            throw new ApiProblem(404, "unknown-contact", "the address book has no entry of this name");
        }
        return Response.noContent().build();
    }

    private KeyViews.ContactView view(Contact contact) {
        return new KeyViews.ContactView(
                contact.name(), presenter.address(contact.key()), contact.note(), contact.createdAtMillis());
    }
}
