package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrowserRuleTest {

    private final BrowserRule rule = new BrowserRule(Set.of("wallet.example"));

    @Test
    void shouldRefuseWritingFromPagesOfOtherOrigins() {
        assertThat(rule.judge(false, "127.0.0.1:8090", Optional.of("https://evil.example"), true))
                .isPresent();
        assertThat(rule.judge(false, "127.0.0.1:8090", Optional.of("null"), true))
                .isPresent();
        assertThat(rule.judge(false, "127.0.0.1:8090", Optional.of("http://127.0.0.1:8091"), true))
                .isPresent();
        assertThat(rule.judge(false, "127.0.0.1:8090", Optional.of("http://127.0.0.1:8090"), true))
                .isEmpty();
        assertThat(rule.judge(false, "wallet:8090", Optional.of("https://wallet:8090"), false))
                .isEmpty();
        assertThat(rule.judge(true, "127.0.0.1:8090", Optional.of("https://evil.example"), true))
                .isEmpty();
    }

    @Test
    void shouldRefuseNamesThatAPageMadePointHereAlsoForReading() {
        assertThat(rule.judge(true, "evil.example:8090", Optional.empty(), true))
                .isPresent();
        assertThat(rule.judge(true, "", Optional.empty(), true)).isPresent();
        assertThat(rule.judge(true, "127.0.0.1.evil.example", Optional.empty(), true))
                .isPresent();
        assertThat(rule.judge(true, "localhost:8090", Optional.empty(), true)).isEmpty();
        assertThat(rule.judge(true, "[::1]:8090", Optional.empty(), true)).isEmpty();
        assertThat(rule.judge(true, "Wallet.example", Optional.empty(), true)).isEmpty();
        assertThat(rule.judge(true, "wallet.internal", Optional.empty(), false)).isEmpty();
    }
}
