package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.api.NodeFacts;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerTls;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.BlockHash;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.security.Security;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the settings of an operator become for the peers' transport and for names. */
class NodeSettingsTest {
    private static final NodeKey OWN = new NodeKey(TestNetwork.account(0));
    private static final NodeKey ANNE = new NodeKey(TestNetwork.account(1));
    private static final NodeKey BILL = new NodeKey(TestNetwork.account(2));

    @Test
    void shouldLetEverybodyComeInThePlainWhereNothingIsSet() {
        PeerTransportConfig config = transport(Map.of());

        assertThat(config.allowedKeys()).isEmpty();
        assertThat(config.tls()).isEmpty();
    }

    @Test
    void shouldAllowTheKeysOfTheList() {
        assertThat(transport(Map.of("rensa.peer.allowed-keys", ANNE + ", " + BILL))
                        .allowedKeys())
                .containsExactlyInAnyOrder(ANNE, BILL);
    }

    @Test
    void shouldRefuseAListWithSomethingElseInItInsteadOfAllowingLess() {
        assertThatThrownBy(() -> transport(Map.of("rensa.peer.allowed-keys", ANNE + ",bill")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("\"bill\" in rensa.peer.allowed-keys is not a node key");
    }

    @Test
    void shouldTakeTlsFromThreeFilesAndAskPeersForTheirsUnlessToldOtherwise() {
        Map<String, String> files = Map.of(
                "rensa.peer.tls.certificate", "/tls/node.crt",
                "rensa.peer.tls.key", "/tls/node.key",
                "rensa.peer.tls.trust", "/tls/ca.crt");

        assertThat(transport(files).tls())
                .contains(
                        new PeerTls(Path.of("/tls/node.crt"), Path.of("/tls/node.key"), Path.of("/tls/ca.crt"), true));
    }

    @Test
    void shouldRefuseHalfATls() {
        assertThatThrownBy(() -> transport(Map.of("rensa.peer.tls.certificate", "/tls/node.crt")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("rensa.peer.tls.key is missing");
    }

    @Test
    void shouldRememberNamesForSecondsOnlyAndMissingOnesNotAtAll() {
        NodeMain.forgetNamesSoon();

        assertThat(Integer.parseInt(Security.getProperty("networkaddress.cache.ttl")))
                .isBetween(0, 5);
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    }

    private static PeerTransportConfig transport(Map<String, String> settings) {
        NodeConfig config = new SmallRyeConfigBuilder()
                .withMapping(NodeConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(NodeConfig.class);
        return NodeSettings.transport(config, BlockHash.ZERO, 1 << 20, new NodeFacts(OWN, "node", "test", 0));
    }
}
