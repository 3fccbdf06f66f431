package dev.rensa.explorer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.index.IndexStoreException;
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

    /** Events and stamps that one write takes at most. */
    private static final int A_SECOND = 5_000;

    private static final int SECONDS = 3;

    @TempDir
    private Path folder;

    final AtomicLong clock = new AtomicLong(HOUR);
    private final TestWatch watch =
            new TestWatch(new FakeNode(1, TestChain.start().withEmpty(3)));
    final PassportBook passports = new PassportBook(10);
    private TestDatabase database;
    private HistoryStore store;
    private Recorder recorder;

    TestDatabase database() {
        return TestDatabase.sqlite(folder.resolve("history.db"));
    }

    @BeforeEach
    void open() {
        database = database();
        store = database.history();
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
        assertThat(database.count("seen_block")).isEqualTo(2);
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

    /** As much as a second brings at most, and each second. */
    @Test
    void shouldForgetAsFastAsItWrites() {
        for (int second = 0; second < SECONDS; second++) {
            clock.addAndGet(1_000);
            tellAndStamp(second, A_SECOND);
            recorder.write();

            assertThat(database.count("told")).isEqualTo(MAX_ROWS);
            assertThat(database.count("passport_page")).isEqualTo(MAX_ROWS);
        }
        assertThat(store.oldestMillis(TestNetwork.HASH)).contains(clock.get());
    }

    @Test
    void shouldForgetWhatIsTooOldAsFastAsItWrites() {
        recorder = recorder(store, new Recorder.Limits(1_500, Long.MAX_VALUE));
        for (int second = 0; second < SECONDS; second++) {
            clock.addAndGet(1_000);
            tellAndStamp(second, A_SECOND);
            recorder.write();

            assertThat(database.count("told")).isLessThanOrEqualTo(2 * A_SECOND);
            assertThat(database.count("passport_page")).isLessThanOrEqualTo(2 * A_SECOND);
        }
    }

    /** As it is after a start with other settings, or when nothing is told any more. */
    @Test
    void shouldForgetWhatIsThereAtOnce() {
        Recorder generous = recorder(store, new Recorder.Limits(HOUR, Long.MAX_VALUE));
        for (int second = 0; second < SECONDS; second++) {
            tellAndStamp(generous, second, A_SECOND);
            generous.write();
        }
        assertThat(database.count("told")).isEqualTo(SECONDS * A_SECOND);

        recorder.forget();
        assertThat(database.count("told")).isEqualTo(MAX_ROWS);
        assertThat(database.count("passport_page")).isEqualTo(MAX_ROWS);

        clock.addAndGet(2 * HOUR);
        recorder.forget();
        assertThat(database.count("told")).isZero();
        assertThat(database.count("passport_page")).isZero();
    }

    @Test
    void shouldKeepAllThatWaitsWhenItStops() {
        Recorder generous = recorder(store, new Recorder.Limits(HOUR, Long.MAX_VALUE));
        tellAndStamp(generous, 1, 3 * A_SECOND);

        generous.writeAll();

        assertThat(database.count("told")).isEqualTo(3 * A_SECOND);
        assertThat(database.count("passport_page")).isEqualTo(3 * A_SECOND);
        assertThat(passports.unwritten(1)).isEmpty();
    }

    @Test
    void shouldKeepNothingTwiceWhenAnAnswerIsLost() {
        NodeView node = watch.directory().views().getFirst();
        recorder.told("block", "{}");
        passports.transactionChanged(node, changed("pending", null));
        recorder.seen(watch.tree().snapshot().blocks().getFirst().hash());
        database.loseAnswers(true);
        assertThatThrownBy(recorder::write).isInstanceOf(IndexStoreException.class);
        recorder.told("head", "{}");
        assertThatThrownBy(recorder::write).isInstanceOf(IndexStoreException.class);

        database.loseAnswers(false);
        recorder.write();

        assertThat(names()).containsExactly("block", "head");
        assertThat(store.stamps(TransactionId.fromHex(ID))).hasSize(1);
        assertThat(passports.unwritten(10)).isEmpty();
        assertThat(database.count("seen_block")).isEqualTo(1);
    }

    @Test
    void shouldBringAgainWhatCouldNotBeKept() {
        recorder.told("block", "{}");
        recorder.seen(watch.tree().snapshot().blocks().getFirst().hash());
        database.failCommits(true);
        assertThatThrownBy(recorder::write).isInstanceOf(IndexStoreException.class);

        database.failCommits(false);
        recorder.write();

        assertThat(names()).containsExactly("block");
        assertThat(database.count("seen_block")).isEqualTo(1);
    }

    @Test
    void shouldGoOnWhereItsPredecessorEnded() {
        Recorder heir = recorder(store);
        tell(recorder, "block", "{\"hash\":\"b1\"}");
        tell(heir, "block", "{\"hash\":\"b1\"}");
        tell(recorder, "node", "{\"node\":\"n1\",\"state\":\"lost\"}");
        tell(recorder, "head", "{\"node\":\"n1\",\"hash\":\"b1\",\"timeMillis\":1}");
        recorder.write();
        tell(heir, "head", "{\"node\":\"n1\",\"hash\":\"b1\",\"timeMillis\":2}");
        tell(heir, "block", "{\"hash\":\"b2\"}");
        tell(heir, "node", "{\"node\":\"n1\",\"state\":\"reachable\"}");
        tell(heir, "node", "{\"node\":\"n1\",\"state\":\"lost\"}");

        heir.write();

        assertThat(names()).containsExactly("block", "node", "head", "block", "node", "node");
    }

    private void tell(Recorder into, String name, String json) {
        clock.addAndGet(1);
        into.told(name, json);
    }

    List<String> names() {
        return store.told(TestNetwork.HASH, 0, Long.MAX_VALUE, 0, 10).stream()
                .map(Told::name)
                .toList();
    }

    Recorder recorder(HistoryStore into) {
        return recorder(into, limits());
    }

    private Recorder recorder(HistoryStore into, Recorder.Limits limits) {
        return recorder(into, passports, limits);
    }

    Recorder recorder(HistoryStore into, PassportBook stamped) {
        return recorder(into, stamped, limits());
    }

    private Recorder recorder(HistoryStore into, PassportBook stamped, Recorder.Limits limits) {
        return new Recorder(
                into, () -> Optional.of(TestNetwork.HASH), () -> watch.tree().snapshot(), stamped, clock::get, limits);
    }

    /** A node tells that it has the transaction of this number; its own clock goes as it likes. */
    void stamp(PassportBook into, int number) {
        NodeView node = watch.directory().views().getFirst();
        long nodeMillis = clock.get() + node.clockOffsetMillis();
        into.transactionChanged(
                node, new TransactionChanged(nodeMillis, id(number).toHex(), "rns1p", "pending", null, null, null));
    }

    static TransactionId id(int number) {
        return TransactionId.fromHex("%064x".formatted(number));
    }

    private void tellAndStamp(int round, int count) {
        tellAndStamp(recorder, round, count);
    }

    private void tellAndStamp(Recorder into, int round, int count) {
        NodeView node = watch.directory().views().getFirst();
        for (int i = 0; i < count; i++) {
            into.told("head", "{}");
            passports.transactionChanged(
                    node,
                    new TransactionChanged(
                            clock.get(), "%08x%056x".formatted(round, i), "rns1p", "pending", null, null, null));
        }
    }

    private static Recorder.Limits limits() {
        return new Recorder.Limits(HOUR, MAX_ROWS);
    }

    private TransactionChanged changed(String state, @Nullable String code) {
        return new TransactionChanged(clock.get(), ID, "rns1p", state, code, null, null);
    }
}
