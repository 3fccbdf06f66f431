package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.history.Recorder;
import dev.rensa.explorer.history.Told;
import dev.rensa.explorer.index.TestDatabase;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.passport.PassportBook;
import dev.rensa.explorer.tree.Agreement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveNetworkTest {

    private static final URI ELSEWHERE = URI.create("http://10.9.9.9:8080");

    @TempDir
    private Path folder;

    private final FakeNode node = new FakeNode(1, TestChain.start().withEmpty(2));
    private final TestWatch watch = new TestWatch(node);
    private HistoryStore store;
    private Recorder recorder;
    private LiveNetwork live;

    @BeforeEach
    void open() {
        store = TestDatabase.sqlite(folder.resolve("history.db")).history();
        recorder = new Recorder(
                store,
                () -> Optional.of(TestNetwork.HASH),
                () -> watch.tree().snapshot(),
                new PassportBook(0),
                System::currentTimeMillis,
                new Recorder.Limits(3_600_000, 1_000));
        live = new LiveNetwork(new LiveEvents(new ObjectMapper(), 7), recorder, watch.directory());
    }

    @Test
    void shouldTellEachHeadOnce() {
        NodeView first = view();
        live.seen(first, null, node);
        live.seen(first, first, node);
        node.have(node.chain().withEmpty(1));
        watch.tick();
        NodeView second = view();

        live.blockArrived(watch.tree().snapshot().blocks().getFirst(), second.identity(), 5);
        live.seen(second, first, node);

        assertThat(told("head")).hasSize(2);
        assertThat(told("head").getLast()).contains("\"height\":3", "\"timeMillis\":5");
    }

    @Test
    void shouldTellThatANodeCameMovedAndWent() {
        NodeView here = view();
        NodeView there = new NodeView(
                ELSEWHERE, here.reported(), true, null, here.firstSeenMillis(), here.lastSeenMillis(), 1, 0, false);

        live.seen(here, null, node);
        live.seen(here, here, node);
        live.seen(there, here, node);
        live.lost(there);

        assertThat(told("node").stream().map(json -> json.replaceAll(".*\"state\":\"([a-z]*)\".*", "$1")))
                .containsExactly("reachable", "moved", "lost");
    }

    @Test
    void shouldKeepSplitsAndTheirEndAndNotEachBlocksLag() {
        live.agreementChanged(agreement(Agreement.State.LAGGING));
        live.agreementChanged(agreement(Agreement.State.SPLIT));
        live.agreementChanged(agreement(Agreement.State.ONE));
        live.agreementChanged(agreement(Agreement.State.LAGGING));

        assertThat(told("agreement")).hasSize(2);
        assertThat(told("agreement").getFirst()).contains("split");
        assertThat(told("agreement").getLast()).contains("\"one\"");
    }

    @Test
    void shouldNoteWhereNodesStand() {
        live.keyframe(watch.tree().agreement());
        recorder.write();

        Told keyframe = store.keyframe(TestNetwork.HASH, Long.MAX_VALUE).orElseThrow();
        assertThat(keyframe.json()).contains(node.chain().tip().hash().toHex(), "\"height\":2", "\"agreement\":{");
    }

    private static Agreement agreement(Agreement.State state) {
        return new Agreement(state, 1, null, 0, List.of());
    }

    private List<String> told(String name) {
        recorder.write();
        return store.told(TestNetwork.HASH, 0, Long.MAX_VALUE, 0, 100).stream()
                .filter(event -> event.name().equals(name))
                .map(Told::json)
                .toList();
    }

    private NodeView view() {
        return watch.directory().views().getFirst();
    }
}
