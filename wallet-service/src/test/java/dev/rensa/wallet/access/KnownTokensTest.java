package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private final KnownTokens tokens = new KnownTokens();

    @Test
    void shouldKnowATokenUntilItHoldsNoMore() {
        tokens.learn("a", true);
        assertThat(tokens.contains("a")).isTrue();

        tokens.learn("a", false);

        assertThat(tokens.contains("a")).isFalse();
    }

    @Test
    void shouldForgetTheFirstOfTooMany() {
        for (int i = 0; i <= KnownTokens.MAX_TOKENS; i++) {
            tokens.learn("token " + i, true);
        }

        assertThat(tokens.contains("token 0")).isFalse();
        assertThat(tokens.contains("token 1")).isTrue();
    }
}
