package dev.rensa.network.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./rensa} says without a network running. */
class CommandLineTest {
    @TempDir
    Path home;

    private RensaScript rensa;

    @BeforeEach
    void withADataFolderOfItsOwn() {
        rensa = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("RENSA_HOME", home);
    }

    @Test
    void shouldExplainItself() {
        var outcome = rensa.run();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("up [options]", "demo", "status", "logs", "down", "reset", "test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fly                         | There is no command 'fly'
            up --nodes 0                | --nodes takes 1 to 9, not 0
            up --nodes 10               | --nodes takes 1 to 9, not 10
            up --nodes three            | --nodes takes a number, not 'three'
            up --nodes                  | --nodes takes a number, not ''
            up --nodes -1               | --nodes takes a number, not '-1'
            up --node-port 080          | --node-port takes a number, not '080'
            up --wallet-port 70000      | wallet would need port 70000; ports go from 1 to 65535
            up --wallet-port 8082       | Port 8082 would be used twice, the second time by wallet
            up --colour blue            | up has no option '--colour'
            up --lab --colour blue      | up has no option '--colour'
            demo                        | No network is running. Start one first: ./rensa up
            status                      | No network was started yet. Start one: ./rensa up
            logs                        | There are no logs yet
            logs node-7                 | There is no process 'node-7'. There are: node-1 node-2 node-3 wallet explorer
            kill wallet                 | wallet does not run
            reset                       | Nothing was deleted
            node                        | node has no command ''. There are: verify, export, import
            node fly node-1             | node has no command 'fly'
            node verify                 | It is called as ./rensa node verify NAME [--signatures]
            node verify node-1 --fast   | It is called as ./rensa node verify NAME [--signatures]
            node export node-1          | It is called as ./rensa node export NAME FILE
            node verify node-7          | There is no process 'node-7'
            node verify wallet          | wallet is not a node
            chart --from here           | It is called as ./rensa chart [--to FOLDER]
            chart --to                  | It is called as ./rensa chart [--to FOLDER]
            images now                  | It is called as ./rensa images
            kind of                     | It is called as ./rensa kind
            """)
    void shouldSayWhatIsWrongAndWhatToDo(String arguments, String sentence) {
        var outcome = rensa.run(arguments.split(" "));

        assertThat(outcome.output()).contains(sentence);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatImagesAndClustersNeed() throws Exception {
        Path empty = Files.createDirectory(home.resolve("empty"));
        for (String tool : new String[] {"bash", "dirname"}) {
            Path usual = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(empty.resolve(tool), Files.exists(usual) ? usual : Path.of("/bin", tool));
        }
        RensaScript bare = rensa.with("PATH", empty);

        assertThat(bare.run("images").output())
                .contains("Images are kept by docker or podman, and neither answers here");
        assertThat(bare.run("kind").output()).contains("kind is missing, which makes a cluster of containers");
    }

    @Test
    void shouldFindNothingToStop() {
        var outcome = rensa.run("down");

        assertThat(outcome.output()).isEqualTo("Nothing is running.\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void shouldNotTouchAProcessThatHasInheritedANumber() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Files.createDirectories(home.resolve("run"));
        Files.writeString(home.resolve("run/node-1.pid"), stranger.pid() + "\n");

        var outcome = rensa.run("down");

        assertThat(outcome.output()).isEqualTo("Nothing is running.\n");
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void shouldDeleteTheNetworkButNotTheJdk() throws Exception {
        for (String folder : new String[] {"node-1", "node-2", "wallet", "explorer", "log", "jdk"}) {
            Files.createDirectories(home.resolve(folder));
        }

        var outcome = rensa.runAnswering("yes\n", "reset");

        assertThat(outcome.exitCode()).isZero();
        assertThat(home).isDirectoryContaining(path -> path.endsWith("jdk"));
        try (var left = Files.list(home)) {
            assertThat(left).hasSize(1);
        }
    }
}
