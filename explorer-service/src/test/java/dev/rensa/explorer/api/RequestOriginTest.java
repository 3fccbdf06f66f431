package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule that node, wallet and explorer have in common. */
class RequestOriginTest {

    private static final Set<String> ALLOWED = Set.of("explorer.example");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void shouldKnowThisMachine(String address) {
        assertThat(from(address, false).isOfThisMachine()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "localhost", "10.0.0.1", "0.0.0.0", "::", "127.0.0.1.evil.example", "127.0.0.1,10.0.0.1"
            })
    void shouldTakeNothingElseForIt(String address) {
        assertThat(from(address, false).isOnLoopback()).isFalse();
        assertThat(from(address, false).isOfThisMachine()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-Forwarded-Client-Cert",
                "X-Real-IP",
                "Via",
                "X-Envoy-Attempt-Count",
                "l5d-client-id"
            })
    void shouldKnowAProxyByWhatItAdds(String header) {
        assertThat(RequestOrigin.isForwarding(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Origin", "X-Rensa-Admin-Key", "Accept", "X-Request-Id", "Forward"})
    void shouldTakeNothingElseForOne(String header) {
        assertThat(RequestOrigin.isForwarding(header)).isFalse();
    }

    /** Its connection is still one over loopback, on which a page may try its own name. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldNotTakeAProxyHereForThisMachinesUser(String address) {
        assertThat(from(address, true).isOfThisMachine()).isFalse();
        assertThat(from(address, true).isOnLoopback()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8070, , false",
        "localhost:8070, http://localhost:8070, false",
        "LOCALHOST:8070, https://localhost:8070, false",
        "localhost:8070, http://localhost:9999, true",
        "localhost:8070, https://evil.example, true",
        "localhost:8070, null, true"
    })
    void shouldKnowAPageOfAnotherOrigin(String host, @Nullable String page, boolean foreign) {
        assertThat(new RequestOrigin("127.0.0.1", host, Optional.ofNullable(page), false).isOfForeignPage())
                .isEqualTo(foreign);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8070, false",
        "LocalHost, false",
        "127.0.0.1:8070, false",
        "127.1.2.3, false",
        "[::1]:8070, false",
        "Explorer.example:443, false",
        "evil.example:8070, true",
        "127.0.0.1.evil.example:8070, true",
        "localhost.evil.example, true",
        "localhost.:8070, true",
        "[evil.example]:80, true",
        "10.0.0.7:8070, true",
        "'', true"
    })
    void shouldKnowANameThatAPageMadePointHere(String host, boolean foreign) {
        assertThat(new RequestOrigin("127.0.0.1", host, Optional.empty(), false).isUnderForeignName(ALLOWED))
                .isEqualTo(foreign);
        assertThat(new RequestOrigin("10.0.0.9", host, Optional.empty(), false).isUnderForeignName(ALLOWED))
                .as("over the network")
                .isFalse();
    }

    private static RequestOrigin from(String address, boolean forwarded) {
        return new RequestOrigin(address, "localhost", Optional.empty(), forwarded);
    }
}
