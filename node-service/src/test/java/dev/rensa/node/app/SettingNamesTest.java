package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingNamesTest {

    private final SettingNames names = new SettingNames(NodeConfig.class);

    @Test
    void shouldKnowEveryNameOfTheMapping() {
        assertThat(names.known())
                .contains(
                        "rensa.data-dir",
                        "rensa.admin-key",
                        "rensa.peer.port",
                        "rensa.discovery.static",
                        "rensa.discovery.dns.names",
                        "rensa.mempool.max-per-sender",
                        "rensa.api.allowed-hosts")
                .doesNotContain("rensa.peer", "rensa.discovery");
    }

    @Test
    void shouldPassWhatItKnowsAndWhatIsNotItsOwn() {
        assertThat(names.refuseProperties(List.of(
                        "rensa.peer.port",
                        "rensa.discovery.static[3]",
                        "rensa.wallet.data-dir",
                        "rensa.explorer.nodes",
                        "rensa.root",
                        "quarkus.http.prot")))
                .isEmpty();
        assertThat(names.refuseVariables(List.of("RENSA_PEER_PORT", "RENSA_HOME", "RENSA_NODE_SERVICE_HOST", "PATH")))
                .isEmpty();
    }

    @Test
    void shouldNameTheNearestOne() {
        assertThat(names.refuseProperties(List.of("rensa.mempool.max-per-sendr"))
                        .orElseThrow())
                .contains("rensa.mempool.max-per-sendr", "Did you mean rensa.mempool.max-per-sender?");
        assertThat(names.refuseProperties(List.of("rensa.minig.enabled")).orElseThrow())
                .contains("Did you mean rensa.mining.enabled?");
        assertThat(names.refuseVariables(List.of("RENSA_ADMIN_KYE")).orElseThrow())
                .contains("Did you mean RENSA_ADMIN_KEY?");
    }

    @Test
    void shouldTellWhereItComesFrom() {
        var config = new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(Map.of("RENSA_SOMETHING_ELSE", "1"), 300),
                        new PropertiesConfigSource(Map.of("rensa.peer.prot", "1"), "my.properties", 100))
                .build();

        assertThatThrownBy(() -> SettingsCheck.check(config))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("rensa.peer.prot is not known. Did you mean rensa.peer.port?")
                .hasMessageContaining("my.properties");
    }
}
