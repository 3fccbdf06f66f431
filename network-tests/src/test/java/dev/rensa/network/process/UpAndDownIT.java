package dev.rensa.network.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Process control with the packaged services, on ports of its own so that a network may run beside it. */
class UpAndDownIT {
    private static final int PORT_OFFSET = 20_000;
    private static final int WALLET_PORT = 8090 + PORT_OFFSET;
    private static final String[] UP = {"up", "--no-build", "--nodes", "1", "--port-offset", "" + PORT_OFFSET};

    @TempDir
    Path home;

    private RensaScript rensa;

    @BeforeEach
    void withADataFolderOfItsOwn() {
        rensa = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("RENSA_HOME", home);
    }

    @AfterEach
    void leaveNothingBehind() {
        rensa.run("reset", "--yes");
    }

    @Test
    void shouldStartKillRestartAndStop() {
        var up = rensa.run(UP);
        assertThat(up.output()).contains("node-1     is healthy after", "http://127.0.0.1:" + WALLET_PORT);
        assertThat(up.exitCode()).isZero();

        var again = rensa.run(UP);
        assertThat(again.output()).contains("node-1     runs already", "wallet     runs already");
        assertThat(again.exitCode()).isZero();

        assertThat(rensa.run("kill", "node-1").succeeded()).isTrue();
        assertThat(rensa.run("status").output()).containsPattern("node-1 .* is down");

        var start = rensa.run("start", "node-1");
        assertThat(start.output()).startsWith("node-1 is healthy");

        var down = rensa.run("down");
        assertThat(down.output()).contains("node-1 is down", "wallet is down", "explorer is down");
        assertThat(rensa.run("status").output()).containsPattern("wallet .* is down");
    }

    @Test
    void shouldNameAPortThatIsTaken() throws Exception {
        try (var _ = new ServerSocket(WALLET_PORT, 1, InetAddress.getLoopbackAddress())) {
            var up = rensa.run(UP);

            assertThat(up.output())
                    .contains("Port %d, which wallet needs, is taken".formatted(WALLET_PORT), "--port-offset");
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(rensa.run("down").output()).isEqualTo("Nothing is running.\n");
        }
    }
}
