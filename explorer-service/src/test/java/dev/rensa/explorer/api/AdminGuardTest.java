package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Behind a proxy on the explorer's own machine, which passes the name on under which people call it. */
class AdminGuardTest {

    private static final String KEY = "the explorer's key";

    private final AdminGuard guard = new AdminGuard(new AdminSettings(Optional.of(KEY), Set.of("explorer.example")));

    @Test
    void shouldObeyABrowserUnderAnAllowedNameWithTheKey() {
        assertThatCode(() -> guard.check(browser("explorer.example"), KEY)).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(browser("Explorer.example:8070"), KEY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check(browser("explorer.example"), "another"))
                .hasMessageContaining("admin key");
    }

    @Test
    void shouldNameTheSettingWhereTheNameIsNotAllowed() {
        assertThatThrownBy(() -> guard.check(browser("another.example"), KEY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("rensa.explorer.allowed-hosts");
    }

    @Test
    void shouldObeyNobodyThroughAProxyWithoutAKey() {
        AdminGuard open = new AdminGuard(new AdminSettings(Optional.empty(), Set.of("explorer.example")));

        assertThatThrownBy(() -> open.check(browser("explorer.example"), null))
                .hasMessageContaining("nobody through a proxy");
    }

    private static RequestOrigin browser(String host) {
        return new RequestOrigin("127.0.0.1", host, Optional.of("https://" + host), true);
    }
}
