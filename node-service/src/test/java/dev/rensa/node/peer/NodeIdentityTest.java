package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTest {

    @TempDir
    Path directory;

    @Test
    void shouldBeTheSameNodeAfterARestart() throws IOException {
        NodeIdentity first = NodeIdentity.loadOrCreate(directory.resolve("data"));

        NodeIdentity second = NodeIdentity.loadOrCreate(directory.resolve("data"));

        assertThat(second.nodeKey()).isEqualTo(first.nodeKey());
    }

    @Test
    void shouldGiveEachDataDirectoryItsOwnKey() throws IOException {
        NodeIdentity one = NodeIdentity.loadOrCreate(directory.resolve("one"));
        NodeIdentity two = NodeIdentity.loadOrCreate(directory.resolve("two"));

        assertThat(one.nodeKey()).isNotEqualTo(two.nodeKey());
    }

    @Test
    void shouldLetOnlyItsOwnerReadTheKey() throws IOException {
        NodeIdentity.loadOrCreate(directory);

        Path file = directory.resolve(NodeIdentity.FILE_NAME);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldKeepTheSecretOutOfText() throws IOException {
        NodeIdentity identity = NodeIdentity.loadOrCreate(directory);
        String secret =
                Files.readString(directory.resolve(NodeIdentity.FILE_NAME)).strip();

        assertThat(identity.toString())
                .doesNotContain(secret)
                .isEqualTo(identity.nodeKey().toString());
    }

    @Test
    void shouldNeverReplaceAFileThatHoldsNoKey() throws IOException {
        Path file = directory.resolve(NodeIdentity.FILE_NAME);
        Files.writeString(file, "12 is not a key");

        assertThatIOException()
                .isThrownBy(() -> NodeIdentity.loadOrCreate(directory))
                .withMessageContaining(file.toString())
                .withMessageContaining("backup")
                .withNoCause();
        assertThat(file).hasContent("12 is not a key");
    }

    @Test
    void shouldStartAfreshFromAnUnfinishedWrite() throws IOException {
        Files.writeString(directory.resolve(NodeIdentity.FILE_NAME + ".new"), "half a k");

        NodeIdentity identity = NodeIdentity.loadOrCreate(directory);

        assertThat(NodeIdentity.loadOrCreate(directory).nodeKey()).isEqualTo(identity.nodeKey());
    }
}
