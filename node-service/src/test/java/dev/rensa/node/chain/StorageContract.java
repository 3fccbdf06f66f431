package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage must do; each storage has a test class that extends this one. */
public abstract class StorageContract {
    private static final byte[] FIRST = {0, 1};
    private static final byte[] SECOND = {0x7f};
    private static final byte[] LAST = {(byte) 0xff, 3};

    private ChainStorage storage;

    /** A storage without content. */
    protected abstract ChainStorage open();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void shouldFindWhatWasCommittedAndNothingElse() {
        storage.commit(new StorageBatch().put(Column.META, FIRST, new byte[] {7}));

        assertThat(storage.get(Column.META, FIRST)).containsExactly(7);
        assertThat(storage.get(Column.META, SECOND)).isNull();
        assertThat(storage.get(Column.TIPS, FIRST)).isNull();
    }

    @Test
    void shouldTellAnEmptyValueFromNone() {
        storage.commit(new StorageBatch().put(Column.TIPS, FIRST, new byte[0]));

        assertThat(storage.get(Column.TIPS, FIRST)).isEmpty();
        assertThat(storage.getAll(Column.TIPS, List.of(SECOND, FIRST))).containsExactly(null, new byte[0]);
    }

    @Test
    void shouldApplyABatchInOrder() {
        storage.commit(new StorageBatch()
                .put(Column.META, FIRST, new byte[] {1})
                .delete(Column.META, FIRST)
                .put(Column.META, SECOND, new byte[] {2})
                .put(Column.META, SECOND, new byte[] {3})
                .delete(Column.META, LAST));

        assertThat(storage.get(Column.META, FIRST)).isNull();
        assertThat(storage.get(Column.META, SECOND)).containsExactly(3);
    }

    @Test
    void shouldDeleteARangeAtItsPlaceInTheBatch() {
        storage.commit(new StorageBatch()
                .put(Column.ACCOUNTS, FIRST, FIRST)
                .put(Column.ACCOUNTS, LAST, LAST)
                .put(Column.TIPS, SECOND, SECOND));

        storage.commit(new StorageBatch()
                .put(Column.ACCOUNTS, new byte[] {0, 2}, FIRST)
                .deleteRange(Column.ACCOUNTS, FIRST, LAST)
                .put(Column.ACCOUNTS, SECOND, SECOND));

        assertThat(keys(new byte[0], null)).containsExactly(SECOND, LAST);
        assertThat(storage.get(Column.TIPS, SECOND)).isEqualTo(SECOND);
    }

    @Test
    void shouldEndAScanWhenItIsToldTo() {
        storage.commit(new StorageBatch()
                .put(Column.ACCOUNTS, FIRST, FIRST)
                .put(Column.ACCOUNTS, SECOND, SECOND)
                .put(Column.ACCOUNTS, LAST, LAST));
        List<byte[]> seen = new ArrayList<>();

        storage.scanWhile(Column.ACCOUNTS, FIRST, null, (key, value) -> {
            seen.add(key);
            return seen.size() < 2;
        });

        assertThat(seen).containsExactly(FIRST, SECOND);
    }

    @Test
    void shouldScanInTheOrderOfUnsignedBytes() {
        StorageBatch batch = new StorageBatch();
        List.of(LAST, FIRST, SECOND).forEach(key -> batch.put(Column.ACCOUNTS, key, key));
        storage.commit(batch);

        assertThat(keys(new byte[0], null)).containsExactly(FIRST, SECOND, LAST);
        assertThat(keys(new byte[] {0, 2}, LAST)).containsExactly(SECOND);
        assertThat(keys(FIRST, SECOND)).containsExactly(FIRST);
    }

    @Test
    void shouldLetAScanReadMore() {
        storage.commit(new StorageBatch().put(Column.TIPS, FIRST, FIRST).put(Column.META, FIRST, LAST));
        List<byte[]> found = new ArrayList<>();

        storage.scan(Column.TIPS, FIRST, null, (key, value) -> found.add(storage.get(Column.META, key)));

        assertThat(found).containsExactly(LAST);
    }

    @Test
    void shouldReadSeveralValuesFromOneState() {
        storage.commit(new StorageBatch().put(Column.META, FIRST, FIRST).put(Column.META, SECOND, FIRST));

        List<byte[]> values = storage.read(reader -> {
            List<byte[]> seen = new ArrayList<>(reader.getAll(Column.META, List.of(FIRST)));
            seen.add(reader.get(Column.META, SECOND));
            reader.scan(Column.META, SECOND, LAST, (key, value) -> seen.add(value));
            return seen;
        });

        assertThat(values).containsExactly(FIRST, FIRST, FIRST);
    }

    @Test
    void shouldKeepASnapshotAsItWasUntilItIsClosed() {
        storage.commit(new StorageBatch().put(Column.ACCOUNTS, FIRST, FIRST).put(Column.ACCOUNTS, SECOND, SECOND));
        List<byte[]> seen = new ArrayList<>();

        try (StorageSnapshot snapshot = storage.snapshot()) {
            storage.commit(new StorageBatch().delete(Column.ACCOUNTS, FIRST).put(Column.ACCOUNTS, SECOND, LAST));
            seen.add(snapshot.get(Column.ACCOUNTS, SECOND));
            seen.addAll(snapshot.getAll(Column.ACCOUNTS, List.of(FIRST)));
            snapshot.scan(Column.ACCOUNTS, FIRST, null, (key, value) -> seen.add(value));
        }

        assertThat(seen).containsExactly(SECOND, FIRST, FIRST, SECOND);
        assertThat(keysOnly()).containsExactly(SECOND);
    }

    @Test
    void shouldCloseWhileASnapshotIsHeld() {
        StorageSnapshot held = storage.snapshot();

        storage.close();

        held.close();
    }

    @Test
    void shouldAcceptAnEmptyBatch() {
        storage.commit(new StorageBatch());
        storage.sync();

        assertThat(keys(new byte[0], null)).isEmpty();
    }

    private List<byte[]> keysOnly() {
        List<byte[]> keys = new ArrayList<>();
        storage.scan(Column.ACCOUNTS, new byte[0], null, (key, value) -> keys.add(key));
        return keys;
    }

    private List<byte[]> keys(byte[] from, byte[] until) {
        List<byte[]> keys = new ArrayList<>();
        storage.scan(Column.ACCOUNTS, from, until, (key, value) -> {
            assertThat(value).isEqualTo(key);
            keys.add(key);
        });
        return keys;
    }
}
