package dev.rensa.explorer.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.index.TestDatabase;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.passport.Stamp;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was seen, as the next process finds it. */
class RecorderTest {

    private static final String ID = "ab".repeat(32);
    private static final long HOUR = 3_600_000;
    private static final int MAX_ROWS = 1_000;

    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong(HOUR);
    private final TestWatch watch =
            new TestWatch(new FakeNode(1, TestChain.start().withEmpty(3)));
    private final PassportBook passports = new PassportBook(10);
    private HistoryStore store;
    private Recorder recorder;

    TestDatabase database() {
        return TestDatabase.sqlite(folder.resolve("history.db"));
    }

    @BeforeEach
    void open() {
        store = database().history();
        recorder = recorder(store);
    }

    @Test
    void shouldKeepEventsInTheirOrderAndGivePages() {
        for (int i = 1; i <= 5; i++) {
            recorder.told("block", "{\"i\":" + i + "}");
            clock.addAndGet(i % 2);
        }
        recorder.told(Told.KEYFRAME, "{}");
        recorder.write();

        List<Told> first = store.told(TestNetwork.HASH, 0, Long.MAX_VALUE, 0, 3);
        Told last = first.getLast();
        List<Told> rest = store.told(TestNetwork.HASH, last.timeMillis(), Long.MAX_VALUE, last.number(), 10);
        assertThat(first.stream().map(Told::json)).containsExactly("{\"i\":1}", "{\"i\":2}", "{\"i\":3}");
        assertThat(rest.stream().map(Told::json)).containsExactly("{\"i\":4}", "{\"i\":5}");
        assertThat(store.told(TestNetwork.HASH, HOUR, HOUR, 0, 10)).hasSize(1);
        assertThat(store.keyframe(TestNetwork.HASH, clock.get())).isPresent();
        assertThat(store.keyframe(TestNetwork.HASH, HOUR)).isEmpty();
        assertThat(store.told(BlockHash.ZERO, 0, Long.MAX_VALUE, 0, 10)).isEmpty();
        assertThat(store.oldestMillis(TestNetwork.HASH)).contains(HOUR);
    }

    @Test
    void shouldKeepWhenEachNodeHadABlock() {
        TreeBlock block = watch.tree().snapshot().blocks().getFirst();
        recorder.seen(block.hash());
        recorder.write();
        assertThat(store.block(TestNetwork.HASH, block.hash())).contains(block);

        FakeNode node = new FakeNode(2, TestChain.start().withEmpty(3));
        TestWatch other = new TestWatch(node);
        Recorder next = new Recorder(
                store,
                () -> Optional.of(TestNetwork.HASH),
                () -> other.tree().snapshot(),
                passports,
                clock::get,
                limits());
        node.have(node.chain().withEmpty(1));
        other.tick();
        TreeBlock arrived = other.tree().snapshot().blocks().getFirst();
        next.seen(arrived.hash());
        next.write();

        assertThat(arrived.arrivals()).hasSize(1);
        assertThat(store.block(TestNetwork.HASH, arrived.hash())).contains(arrived);
        assertThat(store.blocks(TestNetwork.HASH, 4, 9, 10)).containsExactly(arrived);
    }

    @Test
    void shouldKeepPassports() {
        NodeView node = watch.directory().views().getFirst();
        passports.transactionChanged(node, changed("pending", null));
        recorder.write();
        passports.transactionChanged(node, changed("evicted", "mempool-full"));
        recorder.write();
        recorder.write();

        List<Stamp> kept = store.stamps(TransactionId.fromHex(ID));
        assertThat(kept).isEqualTo(passports.stamps(TransactionId.fromHex(ID)));
        assertThat(kept.stream().map(Stamp::state)).containsExactly("pending", "evicted");
        assertThat(kept.getLast().code()).isEqualTo("mempool-full");
        assertThat(passports.unwritten(10)).isEmpty();
    }

    @Test
    void shouldForgetWhatIsTooOldOrTooMuch() {
        recorder.told("block", "{}");
        recorder.write();
        clock.addAndGet(2 * HOUR);
        for (int i = 0; i < MAX_ROWS + 500; i++) {
            recorder.told("head", "{}");
        }
        recorder.write();

        recorder.forget();

        List<Told> left = store.told(TestNetwork.HASH, 0, Long.MAX_VALUE, 0, 10_000);
        assertThat(left).hasSize(MAX_ROWS).allMatch(told -> told.name().equals("head"));
    }

    @Test
    void shouldGoOnWhereItsPredecessorEnded() {
        recorder.told("block", "{}");
        Recorder heir = recorder(store);
        heir.told("block", "{}");
        recorder.write();
        clock.addAndGet(1);
        heir.told("head", "{}");

        heir.write();

        assertThat(store.told(TestNetwork.HASH, 0, Long.MAX_VALUE, 0, 10).stream()
                        .map(Told::name))
                .containsExactly("block", "head");
    }

    private Recorder recorder(HistoryStore into) {
        return new Recorder(
                into,
                () -> Optional.of(TestNetwork.HASH),
                () -> watch.tree().snapshot(),
                passports,
                clock::get,
                limits());
    }

    private static Recorder.Limits limits() {
        return new Recorder.Limits(HOUR, MAX_ROWS);
    }

    private TransactionChanged changed(String state, @Nullable String code) {
        return new TransactionChanged(clock.get(), ID, "rns1p", state, code, null, null);
    }
}
