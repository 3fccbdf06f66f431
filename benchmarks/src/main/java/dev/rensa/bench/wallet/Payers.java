package dev.rensa.bench.wallet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Clients of a wallet, each with a connection that stays open: each asks for its next transfer once the wallet has accepted
 * the last. They share one thread, so that they take little of the machine that they measure.
 */
final class Payers implements AutoCloseable {

    private static final int ACCEPTED = 202;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int connections;

    Payers(URI wallet, int connections) {
        this.connections = connections;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setDefaultHost(wallet.getHost())
                .setDefaultPort(wallet.getPort())
                .setMaxPoolSize(connections));
    }

    /** What is asked for, under keys made of a name and a number. */
    record Order(String path, String body, String name, int transfers) {}

    /** Asks until all are accepted; whatever is refused ends it. */
    void pay(Order order, Duration bound) {
        List<Future<Void>> shares = IntStream.range(0, connections)
                .mapToObj(first -> {
                    Promise<Void> share = Promise.promise();
                    ask(order, first, share);
                    return share.future();
                })
                .toList();
        try {
            Future.all(shares).toCompletionStage().toCompletableFuture().get(bound.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a transfer was not accepted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Order order, int number, Promise<Void> share) {
        if (number >= order.transfers()) {
            share.complete();
            return;
        }
        client.request(HttpMethod.POST, order.path())
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("Idempotency-Key", order.name() + "-" + number)
                        .send(Buffer.buffer(order.body())))
                .compose(Payers::accepted)
                .onComplete(answer -> {
                    if (answer.failed()) {
                        share.fail(answer.cause());
                    } else {
                        ask(order, number + connections, share);
                    }
                });
    }

    /** The answer is read to its end: only then is its connection free. */
    private static Future<Buffer> accepted(HttpClientResponse response) {
        return response.body()
                .compose(body -> response.statusCode() == ACCEPTED
                        ? Future.succeededFuture(body)
                        : Future.failedFuture("status " + response.statusCode() + ": " + body));
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
