package dev.rensa.wallet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.wallet.transfer.Notice;
import java.time.Instant;
import java.util.Map;

/** What webhooks are told, as JSON. */
public final class WebhookBodies {

    private static final String TEST = "webhook.test";

    private final Presenter presenter;
    private final ObjectMapper json;

    public WebhookBodies(Presenter presenter, ObjectMapper json) {
        this.presenter = presenter;
        this.json = json;
    }

    /** The body of a step. */
    public byte[] of(Notice notice) {
        EventViews.Told step = presenter.step(notice);
        return write(
                new Message(step.type(), Instant.ofEpochMilli(step.atMillis()).toString(), step));
    }

    byte[] test(long nowMillis) {
        return write(new Message(TEST, Instant.ofEpochMilli(nowMillis).toString(), Map.of()));
    }

    private byte[] write(Message message) {
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message cannot be written", e);
        }
    }

    private record Message(String type, String timestamp, Object data) {}
}
