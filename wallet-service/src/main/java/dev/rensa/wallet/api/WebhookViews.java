package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.wallet.webhook.Delivery;
import dev.rensa.wallet.webhook.Webhook;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about webhooks. */
final class WebhookViews {

    private WebhookViews() {}

    /**
     * A webhook to be made.
     *
     * @param label for people, 1 to 100 characters
     * @param url http or https, at most 2,000 characters, of a host that the operator allows
     * @param types told of these alone, such as {@code received.final}, or {@code received} for all of them; all when
     *     left out
     * @param walletId told of this wallet alone
     */
    record NewWebhook(
            @Schema(examples = "shop") @Nullable String label,

            @Schema(examples = "https://shop.example/rensa") @Nullable
            String url,

            @Schema(examples = "[\"received.final\",\"transfer.final\",\"transfer.failed\"]") @Nullable
            List<String> types,

            @Nullable String walletId) {}

    /**
     * A webhook.
     *
     * @param secret shown once, when it was made: requests are signed with it
     * @param waiting deliveries that are to be made
     * @param last how the last attempt went
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebhookView(
            String id,
            String label,
            String url,
            List<String> types,
            @Nullable String walletId,
            @Nullable String secret,
            int waiting,
            @Nullable AttemptView last,
            long createdAtMillis,
            String createdBy) {
        @Override
        public String toString() {
            return "WebhookView[" + id + "]";
        }
    }

    /** How an attempt went: {@code delivered}, or a few words why not. */
    record AttemptView(long sequence, long atMillis, String result) {
        static AttemptView of(Webhook.Attempt attempt) {
            return new AttemptView(attempt.sequence(), attempt.atMillis(), attempt.result());
        }
    }

    /** All webhooks. */
    record WebhookList(List<WebhookView> webhooks) {}

    /**
     * A step that is still to be told, or that was given up.
     *
     * @param state {@code waiting} or {@code dead}
     * @param nextAtMillis when it is tried next, if it waits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeliveryView(
            long sequence,
            String state,
            int attempts,
            @Nullable Long nextAtMillis,
            @Nullable Long lastAtMillis,
            @Nullable String lastResult) {
        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.sequence(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.state().equals(Delivery.WAITING) ? delivery.nextAtMillis() : null,
                    delivery.lastAtMillis(),
                    delivery.lastResult());
        }
    }

    /**
     * A page of deliveries, lowest sequence first.
     *
     * @param next give it as {@code after} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeliveryPage(
            List<DeliveryView> deliveries, @Nullable Long next) {}

    /** How a test message went. */
    record TestView(boolean delivered, String result) {}

    /** How many deliveries are tried again. */
    record RevivedView(int deliveries) {}
}
