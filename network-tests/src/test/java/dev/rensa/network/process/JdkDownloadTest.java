package dev.rensa.network.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkDownloadTest {
    private static final String ARCHIVE = "/jdk.tar.gz";

    @TempDir
    Path temp;

    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private HttpServer server;
    private RensaScript rensa;

    @BeforeEach
    void onAMachineWithoutAJdk() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        Path java17 = FakeJdk.withReleaseFile(temp.resolve("java-17"), "17.0.15");
        rensa = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .without("JAVA_HOME")
                .with("PATH", java17.resolve("bin") + ":/usr/bin:/bin")
                .with("RENSA_HOME", temp.resolve("home"))
                .with("RENSA_JDK_SEARCH", temp.resolve("nowhere"))
                .with("RENSA_JDK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + ARCHIVE);

        byte[] archive = archiveOf("25.0.9");
        served.put(ARCHIVE, archive);
        served.put(ARCHIVE + ".sha256.txt", (sha256(archive) + "  jdk.tar.gz\n").getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopServing() {
        server.stop(0);
    }

    @Test
    void shouldDownloadWhenTold() {
        var outcome = rensa.run("jdk", "--yes");

        assertThat(outcome.output()).endsWith(temp.resolve("home/jdk") + " (25.0.9, downloaded by ./rensa)\n");
        assertThat(outcome.exitCode()).isZero();
        assertThat(temp.resolve("home/jdk.partial")).doesNotExist();
    }

    @Test
    void shouldAskFirstAndTakeYes() {
        var outcome = rensa.runAnswering("y\n", "jdk");

        assertThat(outcome.output()).contains("Download Temurin 25", "[y/N]").endsWith("downloaded by ./rensa)\n");
    }

    @Test
    void shouldDownloadNothingUnasked() {
        var outcome = rensa.run("jdk");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).endsWith("and set JAVA_HOME to it.\n").contains("Install a JDK 25 or newer");
        assertThat(temp.resolve("home/jdk")).doesNotExist();
    }

    @Test
    void shouldUseTheDownloadAgain() {
        rensa.run("jdk", "--yes");
        server.stop(0);

        assertThat(rensa.run("jdk").exitCode()).isZero();
    }

    @Test
    void shouldRefuseAnArchiveWithAnotherDigest() throws IOException {
        served.put(ARCHIVE, archiveOf("25.0.8"));

        var outcome = rensa.run("jdk", "--yes");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("damaged or not genuine");
        assertThat(temp.resolve("home/jdk")).doesNotExist();
        assertThat(temp.resolve("home/jdk.partial")).doesNotExist();
    }

    @Test
    void shouldRefuseAnArchiveWithoutADigest() {
        served.remove(ARCHIVE + ".sha256.txt");

        var outcome = rensa.run("jdk", "--yes");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains(".sha256.txt cannot be fetched. Install a JDK 25");
    }

    @Test
    void shouldSayWhatToInstallWhenNothingAnswers() {
        server.stop(0);

        var outcome = rensa.run("jdk", "--yes");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("cannot be fetched. Install a JDK 25 or newer, for example from");
    }

    @Test
    void shouldRefuseAnArchiveOfAnOlderJdk() throws Exception {
        byte[] old = archiveOf("21.0.5");
        served.put(ARCHIVE, old);
        served.put(ARCHIVE + ".sha256.txt", sha256(old).getBytes(StandardCharsets.UTF_8));

        var outcome = rensa.run("jdk", "--yes");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("is not a JDK 25");
    }

    private byte[] archiveOf(String version) throws IOException {
        Path folder = temp.resolve("archive-" + version);
        FakeJdk.withReleaseFile(folder.resolve("jdk-" + version), version);
        Path archive = temp.resolve(version + ".tar.gz");
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder.toString(), "jdk-" + version)
                .inheritIO()
                .start();
        assertThat(tar.onExit().join().exitValue()).isZero();
        return Files.readAllBytes(archive);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
