package dev.rensa.wallet.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessWiringTest {

    @Test
    void shouldTakeTokensOnlyOfANamedAudience() {
        assertThatThrownBy(() -> AccessWiring.requireAudience(true, Optional.empty()))
                .hasMessageContaining("quarkus.oidc.token.audience");
        assertThatCode(() -> AccessWiring.requireAudience(true, Optional.of(List.of("rensa-wallet"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> AccessWiring.requireAudience(false, Optional.empty()))
                .doesNotThrowAnyException();
    }
}
