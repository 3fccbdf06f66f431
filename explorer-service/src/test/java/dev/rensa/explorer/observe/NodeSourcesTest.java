package dev.rensa.explorer.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSourcesTest {

    private List<String> addresses = List.of("10.0.0.1", "fd00::2");

    @Test
    void shouldTakeEveryAddressOfANameForANode() {
        assertThat(sources("nodes:8080").addresses())
                .containsExactly(
                        URI.create("http://seed:8080"),
                        URI.create("http://10.0.0.1:8080"),
                        URI.create("http://[fd00:0:0:0:0:0:0:2]:8080"));
    }

    @Test
    void shouldResolveAfreshEachTime() {
        NodeSources sources = sources("nodes:8080");
        sources.addresses();

        addresses = List.of("10.0.0.9");

        assertThat(sources.addresses())
                .containsExactly(URI.create("http://seed:8080"), URI.create("http://10.0.0.9:8080"));
    }

    @Test
    void shouldKeepTheAddressesWhileANameDoesNotResolveAndSaySo() {
        NodeSources sources = sources("nodes:8080");
        sources.addresses();

        addresses = List.of();

        assertThat(sources.addresses()).hasSize(3);
        assertThat(sources.troubles()).containsOnlyKeys("nodes:8080");
    }

    @Test
    void shouldNameASettingThatCannotBeRead() {
        assertThatThrownBy(() -> sources("nodes")).hasMessageContaining("rensa.explorer.dns-names: `nodes`");
        assertThatThrownBy(() -> new NodeSources(List.of(URI.create("node-1:8080")), List.of(), this::resolve))
                .hasMessageContaining("rensa.explorer.nodes: `node-1:8080`");
    }

    private NodeSources sources(String name) {
        return new NodeSources(List.of(URI.create("http://seed:8080")), List.of(name), this::resolve);
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
