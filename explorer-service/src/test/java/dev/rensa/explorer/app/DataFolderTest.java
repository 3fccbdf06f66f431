package dev.rensa.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void shouldKeepOthersOutUntilItIsGivenBack() throws IOException {
        Path path = parent.resolve("made").resolve("data");
        try (DataFolder folder = new DataFolder(path)) {
            folder.take();
            assertThat(isFree(path)).isFalse();
        }

        assertThat(isFree(path)).isTrue();
        try (DataFolder next = new DataFolder(path)) {
            next.take();
            assertThat(isFree(path)).isFalse();
        }
    }

    private static boolean isFree(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path.resolve("explorer.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
