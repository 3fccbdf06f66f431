package dev.rensa.network.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkLookupTest {
    @TempDir
    Path temp;

    private RensaScript rensa;

    @BeforeEach
    void onAMachineWithJava17Only() throws IOException {
        Path usual = Files.createDirectories(temp.resolve("usual"));
        Path java17 = FakeJdk.withReleaseFile(usual.resolve("java-17"), "17.0.15");

        rensa = RensaScript.at(Path.of(System.getProperty("rensa.root"), "rensa"))
                .without("JAVA_HOME")
                .with("PATH", java17.resolve("bin") + ":/usr/bin:/bin")
                .with("RENSA_HOME", temp.resolve("home"))
                .with("RENSA_JDK_SEARCH", usual);
    }

    @Test
    void shouldTakeJavaHome() throws IOException {
        Path jdk = FakeJdk.withReleaseFile(temp.resolve("jdk"), "25.0.3");

        var outcome = rensa.with("JAVA_HOME", jdk).run("jdk");

        assertThat(outcome.output()).isEqualTo("%s (25.0.3, from JAVA_HOME)\n", jdk);
    }

    @Test
    void shouldPassOverAnOldJavaHome() throws IOException {
        Path old = FakeJdk.withReleaseFile(temp.resolve("old"), "21.0.5");
        Path jdk = FakeJdk.withReleaseFile(temp.resolve("usual/temurin-25"), "25");

        var outcome = rensa.with("JAVA_HOME", old).run("jdk");

        assertThat(outcome.output()).startsWith(jdk + " (25, found in ");
    }

    @Test
    void shouldTakeANewerJdk() throws IOException {
        Path jdk = FakeJdk.withReleaseFile(temp.resolve("jdk"), "26-ea");

        var outcome = rensa.with("JAVA_HOME", jdk).run("jdk");

        assertThat(outcome.output()).startsWith(jdk + " (26-ea");
    }

    @Test
    void shouldAskTheJavaOnThePathForItsHome() throws IOException {
        Path jdk = FakeJdk.withReleaseFile(temp.resolve("jdk"), "25.0.3");
        Path links = Files.createDirectories(temp.resolve("links"));
        Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));

        var outcome = rensa.with("PATH", links + ":/usr/bin:/bin").run("jdk");

        assertThat(outcome.output()).isEqualTo("%s (25.0.3, on the PATH)\n", jdk);
    }

    @Test
    void shouldPreferTheTestedReleaseInTheUsualPlaces() throws IOException {
        FakeJdk.withReleaseFile(temp.resolve("usual/a-newer"), "26.0.1");
        Path tested = FakeJdk.withReleaseFile(temp.resolve("usual/b-tested"), "25.0.3");

        assertThat(rensa.run("jdk").output()).startsWith(tested + " (25.0.3");
    }

    @Test
    void shouldTakeANewerReleaseWhereTheTestedIsMissing() throws IOException {
        Path newer = FakeJdk.withReleaseFile(temp.resolve("usual/newer"), "26.0.1");

        assertThat(rensa.run("jdk").output()).startsWith(newer + " (26.0.1");
    }

    @Test
    void shouldLookInsideMacOsBundlesAndHomebrewKegs() throws IOException {
        Path bundle = temp.resolve("usual/temurin-25.jdk/Contents/Home");
        FakeJdk.withReleaseFile(bundle, "25.0.3");
        assertThat(rensa.run("jdk").output()).startsWith(bundle + " (25.0.3");

        Path keg = temp.resolve("brew/openjdk@25/libexec/openjdk.jdk/Contents/Home");
        FakeJdk.withReleaseFile(keg, "25.0.3");
        assertThat(rensa.with("RENSA_JDK_SEARCH", temp.resolve("brew"))
                        .run("jdk")
                        .output())
                .startsWith(keg + " (25.0.3");
    }

    @Test
    void shouldAskAJdkWithoutReleaseFileForItsVersion() throws IOException {
        Path jdk = FakeJdk.withoutReleaseFile(temp.resolve("jdk with a space"), "25.0.3");

        var outcome = rensa.with("JAVA_HOME", jdk).run("jdk");

        assertThat(outcome.output()).isEqualTo("%s (25.0.3, from JAVA_HOME)\n", jdk);
    }

    @Test
    void shouldPassOverARuntimeWithoutCompiler() throws IOException {
        Path runtime = FakeJdk.withoutCompiler(temp.resolve("jre"), "25.0.3");

        var outcome = rensa.with("JAVA_HOME", runtime).run("jdk");

        assertThat(outcome.output()).startsWith("No JDK 25 or newer was found");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }
}
