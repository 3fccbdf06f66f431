package dev.rensa.node.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small disk of its own, which can be filled, enlarged and made read-only. Only root may mount one. */
final class TemporaryDisk implements AutoCloseable {
    private final Path directory;

    private TemporaryDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts a disk of so many mebibytes, or skips the test where that is not allowed. */
    static TemporaryDisk ofMebibytes(int size, Path directory) throws IOException {
        Files.createDirectories(directory);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "rensa-test", directory.toString()),
                "this test needs the right to mount a disk: run it as root on Linux");
        return new TemporaryDisk(directory);
    }

    Path path() {
        return directory;
    }

    void resize(int mebibytes) throws IOException {
        remount("size=" + mebibytes + "m");
    }

    void makeReadOnly() throws IOException {
        remount("ro");
    }

    void makeWritable() throws IOException {
        remount("rw");
    }

    private void remount(String option) throws IOException {
        if (!run("mount", "-o", "remount," + option, directory.toString())) {
            throw new IOException("cannot remount " + directory + " with " + option);
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            if (!done) {
                System.out.println(String.join(" ", command) + ": " + said.strip());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command[0] + " was running", e);
        } catch (IOException e) {
            System.out.println(String.join(" ", command) + ": " + e.getMessage());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        // Lazily: RocksDB may keep a file open whose writing has failed.
        run("umount", "-l", directory.toString());
    }
}
