package dev.rensa.network.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.process.RensaScript;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises: {@code ./rensa up}, {@code ./rensa demo}, {@code ./rensa down}. */
class DemoIT {
    /** Beside the ports of a network that may run at the same time, and of the other tests. */
    private static final String PORT_OFFSET = "21000";

    @TempDir
    Path home;

    private RensaScript rensa;

    @BeforeEach
    void startTheNetwork() {
        rensa = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("RENSA_HOME", home);
        var up = rensa.run("up", "--no-build", "--port-offset", PORT_OFFSET);
        System.out.println(up.output());
        assertThat(up.exitCode()).isZero();
    }

    @AfterEach
    void leaveNothingBehind() {
        rensa.run("reset", "--yes");
    }

    @Test
    void shouldPlayTheStoryTwiceAndEndWithWhatItSawWhenANodeIsGone() {
        var first = rensa.run("demo");
        System.out.println(first.output());
        assertThat(first.exitCode()).isZero();
        assertThat(first.output())
                .contains(
                        "node-1 says: B has 1 coin",
                        "node-2 says: B has 1 coin",
                        "node-3 says: B has 1 coin",
                        "Every step held");

        var second = rensa.run("demo");
        assertThat(second.output()).contains("Every step held");
        assertThat(second.exitCode()).isZero();

        var status = rensa.run("status");
        assertThat(status.output()).contains("node-1", "is healthy", "height ");

        helmTestSendsItsCoin();

        rensa.run("kill", "node-2");
        var stopped = rensa.run("demo");
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output())
                .contains("This step does not hold: GET http://127.0.0.1:29082/status is not answered");

        assertThat(rensa.run("down").exitCode()).isZero();
    }

    /** What runs in a pod on {@code helm test}, while a network is up. */
    private static void helmTestSendsItsCoin() {
        var transfer = RensaScript.at(Path.of(System.getProperty("rensa.root"), "helm/rensa/files/transfer-test.sh"))
                .with("WALLET", "127.0.0.1:29090")
                .with("NODES", "127.0.0.1:29081 127.0.0.1:29082 127.0.0.1:29083")
                .run();

        System.out.println(transfer.output());
        assertThat(transfer.output())
                .contains("The faucet pays A", "127.0.0.1:29083 has it in block", "Every node agrees that B was paid");
        assertThat(transfer.exitCode()).isZero();
    }
}
