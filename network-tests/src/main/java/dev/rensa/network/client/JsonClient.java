package dev.rensa.network.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.api.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP, to one service. */
final class JsonClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    /** Longest that an answer may take: mining blocks by hand is the slowest request. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = JsonMapper.builder()
            // A service may know more than this client does.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    private final URI base;

    JsonClient(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    <T> T get(String path, Class<T> type) {
        return send(request(path).GET().build(), type);
    }

    <T> T post(String path, @Nullable Object body, Map<String, String> headers, Class<T> type) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(
                request.POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body)))
                        .build(),
                type);
    }

    <T> T postBytes(String path, byte[] body, String mediaType, Class<T> type) {
        return send(
                request(path)
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                type);
    }

    /** The bytes that stand at a path in this form. */
    byte[] getBytes(String path, String mediaType) {
        return bytes(request(path).setHeader("Accept", mediaType).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json, " + Problem.MEDIA_TYPE);
    }

    /**
     * @throws UnansweredException if nobody answers in time
     * @throws RefusedException if the answer is an error
     */
    private static <T> T send(HttpRequest request, Class<T> type) {
        try {
            return JSON.readValue(bytes(request), type);
        } catch (IOException e) {
            throw new UncheckedIOException(what(request) + " answered what is no " + type.getSimpleName(), e);
        }
    }

    private static byte[] bytes(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw refusal(what(request), response);
            }
            return response.body();
        } catch (IOException e) {
            throw new UnansweredException(what(request) + " is not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnansweredException(what(request) + " was interrupted", new InterruptedIOException());
        }
    }

    private static String what(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    private static RefusedException refusal(String what, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            Problem problem = JSON.readValue(response.body(), Problem.class);
            return new RefusedException(
                    "%s was refused: %s (%s)".formatted(what, problem.detail(), problem.code()),
                    status,
                    problem.code());
        } catch (IOException e) {
            return new RefusedException("%s was refused with status %d".formatted(what, status), status, "");
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
