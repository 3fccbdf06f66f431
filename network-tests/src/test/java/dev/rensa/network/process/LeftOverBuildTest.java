package dev.rensa.network.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./rensa} does about files that were deleted from the sources since the last build, with a Maven that builds nothing. */
class LeftOverBuildTest {

    private static final Path ROOT = Path.of(System.getProperty("rensa.root"));
    private static final String MIGRATIONS = "db/migration";

    @TempDir
    Path checkout;

    private Path sources;
    private Path built;
    private RensaScript rensa;

    @BeforeEach
    void copyTheScripts() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("scripts"))) {
            for (Path file : Stream.concat(Stream.of(ROOT.resolve("rensa")), files.filter(Files::isRegularFile))
                    .toList()) {
                Path copy = checkout.resolve(ROOT.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        executable(checkout.resolve("mvnw"), "#!/bin/sh\necho Maven is asked\nexit 1\n");
        sources = Files.createDirectories(checkout.resolve("wallet-service/src/main/resources"));
        built = Files.createDirectories(checkout.resolve("wallet-service/target/classes"));
        rensa = RensaScript.at(checkout.resolve("rensa"))
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("RENSA_HOME", checkout.resolve("home"));
    }

    @Test
    void shouldBuildAModuleFromScratchThatHoldsADeletedFile() throws IOException {
        put(built, MIGRATIONS + "/V2__gone.sql");
        put(sources, MIGRATIONS + "/V1__kept.sql");
        put(built, MIGRATIONS + "/V1__kept.sql");

        var outcome = rensa.run("up");

        assertThat(outcome.output())
                .contains("wallet-service is built from scratch", MIGRATIONS + "/V2__gone.sql", "Maven is asked");
        assertThat(built).doesNotExist();
    }

    @Test
    void shouldKeepABuildWhoseSourcesAreAllThere() throws IOException {
        put(sources, MIGRATIONS + "/V1__kept.sql");
        put(built, MIGRATIONS + "/V1__kept.sql");
        put(built, "dev/rensa/wallet/Made.class");

        var outcome = rensa.run("up");

        assertThat(outcome.output()).contains("Maven is asked").doesNotContain("from scratch");
        assertThat(built.resolve("dev/rensa/wallet/Made.class")).exists();
    }

    @Test
    void shouldNoticeADeletedFileThoughNothingIsNewer() throws IOException {
        Path template = put(sources, "templates/gone.html");
        put(checkout, "pom.xml");
        for (String module :
                List.of("protocol", "node-service", "wallet-service", "explorer-service", "network-tests")) {
            put(checkout, module + "/pom.xml");
            put(checkout, module + "/src/main/java/A.java");
            put(checkout, module + "/target/quarkus-app/quarkus-run.jar");
        }
        put(checkout, "network-tests/target/lib/rensa-protocol.jar");
        Instant builtAt = Instant.now().minus(Duration.ofHours(1));
        setDates(checkout, builtAt);
        Files.setLastModifiedTime(put(checkout, "home/built"), FileTime.from(builtAt.plusSeconds(60)));
        RensaScript question = question("build_is_stale && echo stale || echo fresh");
        assertThat(question.run().output()).isEqualTo("fresh\n");

        Files.delete(template);

        assertThat(question.run().output()).isEqualTo("stale\n");
    }

    /** A script that asks a function of the scripts. */
    private RensaScript question(String line) throws IOException {
        String script = """
                #!/bin/bash
                root=%1$s home=%1$s/home
                . "$root/scripts/build.sh"
                %2$s
                """.formatted(checkout, line);
        return RensaScript.at(executable(checkout.resolve("question"), script));
    }

    private static void setDates(Path folder, Instant date) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(date));
            }
        }
    }

    private static Path executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path put(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
