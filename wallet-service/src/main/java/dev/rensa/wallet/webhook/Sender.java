package dev.rensa.wallet.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** One signed request. It follows no redirect, and of the answer it reads the status alone. */
public final class Sender implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final HostRule hosts;
    private final Duration timeout;
    private final Clock clock;

    /**
     * Makes a sender.
     *
     * @param timeout longest wait for an answer
     */
    public Sender(HostRule hosts, Duration timeout, Clock clock) {
        this.hosts = hosts;
        this.timeout = timeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    Duration timeout() {
        return timeout;
    }

    /** Sends a message; returns {@link Webhook.Attempt#TAKEN}, or why it was not taken. */
    String send(Webhook webhook, WebhookSecret secret, String id, byte[] body) throws InterruptedException {
        if (!hosts.allows(webhook.url())) {
            return "its host is not among rensa.wallet.webhooks.allowed-hosts";
        }
        try {
            HttpResponse<InputStream> answer =
                    client.send(request(webhook, secret, id, body), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            int status = answer.statusCode();
            return status >= 200 && status < 300 ? Webhook.Attempt.TAKEN : "answered " + status;
        } catch (HttpTimeoutException e) {
            return "no answer within " + timeout.toSeconds() + " s";
        } catch (ConnectException e) {
            return "no connection";
        } catch (SSLException e) {
            return "its certificate is not trusted, or it speaks no TLS";
        } catch (IOException e) {
            return "the connection broke";
        } catch (IllegalArgumentException e) {
            return "its address cannot be called";
        }
    }

    private HttpRequest request(Webhook webhook, WebhookSecret secret, String id, byte[] body) {
        long timestamp = clock.millis() / 1000;
        return HttpRequest.newBuilder(webhook.url())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "rensa-wallet")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", secret.sign(id, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
