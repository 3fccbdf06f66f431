package dev.rensa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.network.process.RensaScript;
import dev.rensa.network.process.RensaScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark as a person calls it, in sizes that show that it works. */
class BenchIT {

    @TempDir
    Path home;

    @Test
    void shouldMeasureEachPartAndWriteATable() throws IOException {
        // Says that what stands here was just built: this test runs in the middle of that build.
        Files.createFile(home.resolve("built-benchmarks"));
        Path table = home.resolve("table.md");

        Outcome outcome = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .with("RENSA_HOME", home)
                .run(("bench abcfi --quick --networks 1 --seconds 2 --transfers 10000 --accounts 1000 --peers 1"
                                + " --nodes 3 --markdown " + table)
                        .split(" "));

        assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
        assertThat(Files.readAllLines(table))
                .as(outcome.output())
                .anyMatch(line -> line.startsWith("| a | confirmed, one node |"))
                .anyMatch(line -> line.startsWith("| b | full sync from 1 peer |"))
                .anyMatch(line -> line.startsWith("| b | snapshot join from 1 peer, 10,000 transfers |"))
                .anyMatch(line -> line.startsWith("| c | rebuilt without asking, 3 nodes |"))
                .anyMatch(line -> line.startsWith("| f | submission by packed binary |"))
                .anyMatch(line -> line.startsWith("| i | wallet accepts, one account, SQLite |"));
    }
}
