package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsBoundsTest {
    @Test
    void shouldTakeTheDefaults() {
        assertThatCode(() -> SettingsBounds.check(config(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rensa.max-reorg-depth              | 0         | rensa.max-reorg-depth is 0 and must lie in 1 to
            rensa.peer.port                    | 70000     | rensa.peer.port is 70,000 and must lie in 0 to 65,535
            rensa.peer.max                     | 0         | rensa.peer.max is 0 and must lie in 1 to 10,000
            rensa.discovery.interval           | 10ms      | rensa.discovery.interval is 10 ms and must lie in 1,000 to
            rensa.mining.max-hashes-per-second | -1        | rensa.mining.max-hashes-per-second is -1 and must lie in 1 to
            rensa.mining.heartbeat             | 0s        | rensa.mining.heartbeat is 0 ms
            rensa.mempool.max-bytes            | 1000      | rensa.mempool.max-bytes is 1,000 and must lie in 1,048,576 to
            rensa.mempool.max-per-sender       | 0         | rensa.mempool.max-per-sender is 0
            rensa.mempool.max-nonce-gap        | -5        | rensa.mempool.max-nonce-gap is -5
            rensa.mempool.expiry               | 400000d   | rensa.mempool.expiry is
            rensa.api.max-transaction-body     | 10        | rensa.api.max-transaction-body is 10
            rensa.api.max-batch                | 0         | rensa.api.max-batch is 0
            rensa.api.max-event-clients        | -1        | rensa.api.max-event-clients is -1
            """)
    void shouldNameTheKeyAndItsBounds(String key, String value, String sentence) {
        assertThatThrownBy(() -> SettingsBounds.check(config(Map.of(key, value))))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldNameAllThatIsWrongAtOnce() {
        assertThatThrownBy(
                        () -> SettingsBounds.check(config(Map.of("rensa.peer.port", "-1", "rensa.api.max-batch", "0"))))
                .hasMessageContaining("rensa.peer.port is -1")
                .hasMessageContaining("rensa.api.max-batch is 0");
    }

    private static NodeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(NodeConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(NodeConfig.class);
    }
}
