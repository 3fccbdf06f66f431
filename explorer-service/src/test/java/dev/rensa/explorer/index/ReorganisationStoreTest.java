package dev.rensa.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.ReorganisationStore;
import dev.rensa.protocol.crypto.BlockHash;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReorganisationStoreTest {

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);

    @TempDir
    private Path folder;

    @Test
    void shouldKeepEachOnceAndGivePages() {
        ReorganisationStore store = database("index").reorganisations();
        Reorganisation first = change(100, ONE, 3);
        Reorganisation second = change(200, ONE, null);
        Reorganisation sameMoment = change(200, TWO, 0);

        List.of(second, first, sameMoment, second).forEach(store::add);

        assertThat(store.before(TestNetwork.HASH, Long.MAX_VALUE, "", 10)).containsExactly(sameMoment, second, first);
        assertThat(store.before(TestNetwork.HASH, 200, TWO, 1)).containsExactly(second);
        assertThat(store.before(TestNetwork.HASH, 200, ONE, 10)).containsExactly(first);
        assertThat(store.before(BlockHash.ZERO, Long.MAX_VALUE, "", 10)).isEmpty();
    }

    TestDatabase database(String name) {
        return TestDatabase.sqlite(folder.resolve(name + ".db"));
    }

    private static Reorganisation change(long millis, String node, @Nullable Integer returned) {
        return new Reorganisation(
                TestNetwork.HASH,
                node,
                "a node",
                millis,
                BlockHash.ZERO,
                5,
                BlockHash.fromHex("aa".repeat(32)),
                BlockHash.fromHex("bb".repeat(32)),
                8,
                2,
                returned);
    }
}
