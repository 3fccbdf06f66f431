package dev.rensa.wallet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestClock;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeFinderTest {

    private static final URI SEED = URI.create("http://seed:8080");

    private final TestClock clock = new TestClock();
    private final FakeChain chain = FakeChain.development();
    private final Map<String, FakeNode> made = new HashMap<>();
    private List<String> addresses = List.of("10.0.0.1", "fd00::2");

    @Test
    void shouldTakeEveryAddressOfANameForANode() {
        NodeFinder finder = finder("nodes:8080");
        assertThat(urls(finder)).containsExactly("http://seed:8080");

        finder.find();

        assertThat(urls(finder))
                .containsExactly("http://seed:8080", "http://10.0.0.1:8080", "http://[fd00:0:0:0:0:0:0:2]:8080");
    }

    @Test
    void shouldResolveAfreshEachTimeAndForgetAfterAWhileWhatIsNoLongerNamed() {
        NodeFinder finder = finder("nodes:8080");
        finder.find();

        addresses = List.of("10.0.0.9");
        finder.find();
        assertThat(urls(finder)).contains("http://10.0.0.1:8080", "http://10.0.0.9:8080");
        clock.pass(Duration.ofMillis(NodeFinder.KEEP_MILLIS + 1));
        finder.find();

        assertThat(urls(finder)).containsExactly("http://seed:8080", "http://10.0.0.9:8080");
        assertThat(made.get("http://10.0.0.1:8080").isClosed()).isTrue();
        assertThat(made.get("http://10.0.0.9:8080").isClosed()).isFalse();
    }

    @Test
    void shouldKeepTheAddressesWhileTheNameDoesNotResolve() {
        NodeFinder finder = finder("nodes:8080");
        finder.find();

        addresses = List.of();
        clock.pass(Duration.ofMillis(NodeFinder.KEEP_MILLIS + 1));
        finder.find();

        assertThat(finder.nodes()).hasSize(3);
    }

    @Test
    void shouldNotObeyANameWithoutEnd() {
        addresses = IntStream.range(0, 200).mapToObj(i -> "10.0.1." + i).toList();
        NodeFinder finder = finder("nodes:8080");

        finder.find();

        assertThat(finder.nodes()).hasSize(NodeSources.MAX_ADDRESSES);
    }

    @Test
    void shouldNameASettingThatCannotBeRead() {
        assertThatThrownBy(() -> finder("nodes")).hasMessageContaining("rensa.wallet.dns-names: `nodes`");
        assertThatThrownBy(() -> new NodeSources(List.of(URI.create("node-1:8080")), List.of(), this::resolve))
                .hasMessageContaining("rensa.wallet.nodes: `node-1:8080`");
    }

    private NodeFinder finder(String name) {
        return new NodeFinder(new NodeSources(List.of(SEED), List.of(name), this::resolve), this::make, clock);
    }

    private Node make(URI url) {
        FakeNode node = new FakeNode(url.toString(), chain);
        made.put(url.toString(), node);
        return node;
    }

    private static List<String> urls(NodeFinder finder) {
        return finder.nodes().stream().map(Node::url).toList();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        InetAddress[] resolved = new InetAddress[addresses.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = InetAddress.ofLiteral(addresses.get(i));
        }
        return resolved;
    }
}
