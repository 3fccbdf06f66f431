package dev.rensa.network.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that look like a JDK of some version as far as {@code ./rensa} looks. */
final class FakeJdk {
    private FakeJdk() {}

    static Path withReleaseFile(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        executable(home.resolve("bin/javac"), "exit 1");
        executable(home.resolve("bin/java"), """
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2026-04-21' >&2
                else
                    echo '    java.home = %s' >&2
                fi
                """.formatted(version, home));
        return home;
    }

    static Path withoutReleaseFile(Path home, String version) throws IOException {
        withReleaseFile(home, version);
        Files.delete(home.resolve("release"));
        return home;
    }

    static Path withoutCompiler(Path home, String version) throws IOException {
        withReleaseFile(home, version);
        Files.delete(home.resolve("bin/javac"));
        return home;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
