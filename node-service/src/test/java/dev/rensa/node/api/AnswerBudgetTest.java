package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.PeerNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large answers over real connections, whose readers take them or not. */
class AnswerBudgetTest {
    /** More than the buffers of a connection hold. */
    private static final int ANSWER_BYTES = 16 << 20;

    private static final int AT_ONCE = 4;
    private static final int STATUS_LINE_CHARS = 12;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> sockets = new ArrayList<>();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Buffer answer = Buffer.buffer(new byte[ANSWER_BYTES]);
        Router router = Router.router(vertx);
        new AnswerBudget().register(router);
        router.get("/chain/raw").handler(routing -> routing.end(answer));
        router.get("/status").handler(routing -> routing.end("small"));
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void end() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldCutWhoTakesNothingWhileOthersWait() throws IOException {
        List<Socket> idle = new ArrayList<>();
        for (int number = 0; number < AT_ONCE; number++) {
            idle.add(ask("/chain/raw"));
        }
        idle.forEach(socket -> assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 200"));
        assertThat(statusOf(ask("/status"))).isEqualTo("HTTP/1.1 200");
        assertThat(idle).noneMatch(AnswerBudgetTest::isCut);

        Socket patient = ask("/chain/raw");

        assertThat(statusOf(patient)).isEqualTo("HTTP/1.1 200");
        assertThat(patient.getInputStream().readNBytes(ANSWER_BYTES)).hasSize(ANSWER_BYTES);
        PeerNode.await("the end of one who took nothing", () -> idle.stream().anyMatch(AnswerBudgetTest::isCut));
    }

    @Test
    void shouldLetWhoTakesAllBeAnsweredAgainAndAgain() throws IOException {
        for (int turn = 0; turn < 3 * AT_ONCE; turn++) {
            Socket reader = ask("/chain/raw");
            assertThat(statusOf(reader)).isEqualTo("HTTP/1.1 200");
            InputStream answer = reader.getInputStream();
            assertThat(answer.readNBytes(ANSWER_BYTES)).hasSize(ANSWER_BYTES);
        }
    }

    @Test
    void shouldForgetWhoHangsUp() throws IOException {
        for (int turn = 0; turn < 3 * AT_ONCE; turn++) {
            Socket leaving = ask("/chain/raw");
            assertThat(statusOf(leaving)).isEqualTo("HTTP/1.1 200");
            leaving.close();
        }
    }

    @Test
    void shouldRefuseWhenTooManyWait() {
        PeerNode.await(
                "an answer that there is no room",
                () -> statusOf(ask("/chain/raw"), 20).equals("HTTP/1.1 503"));
    }

    private Socket ask(String path) {
        try {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("localhost", port));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String statusOf(Socket socket) {
        return statusOf(socket, 10_000);
    }

    /** How an answer begins; nothing if it does not within this time. */
    private static String statusOf(Socket socket, int millis) {
        try {
            socket.setSoTimeout(millis);
            return new String(socket.getInputStream().readNBytes(STATUS_LINE_CHARS), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing more can be sent. */
    private static boolean isCut(Socket socket) {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
