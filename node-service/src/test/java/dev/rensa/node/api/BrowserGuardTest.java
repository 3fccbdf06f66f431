package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests a web page may have made. */
class BrowserGuardTest {

    private final BrowserGuard guard =
            new BrowserGuard(new ApiSettings(Optional.empty(), 1_000, 10, Set.of("node.example")));

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, , true",
        "127.0.0.1:8080, , true",
        "127.1.2.3, , true",
        "[::1]:8080, , true",
        "LOCALHOST, , true",
        "node.example:443, , true",
        "localhost:8080, http://localhost:8080, true",
        "rensa-node-0.rensa:8080, , false",
        "10.0.0.7:8080, http://10.0.0.7:8080, false"
    })
    void shouldLetTheNodesOwnClientsPass(String host, String origin, boolean local) {
        assertThat(guard.judge(origin(host, origin, local))).isEmpty();
        assertThat(guard.judgeReading(origin(host, null, local))).isEmpty();
    }

    /** A forwarded port, a probe, a client of HTTP/1.0: none of them is a page that owns its name. */
    @ParameterizedTest
    @CsvSource({"10.0.0.7:8080", "[2001:db8::7]:8080", "192.168.1.5", "''"})
    void shouldLetReadWhoAsksByAddressOrWithoutAName(String host) {
        assertThat(guard.judgeReading(origin(host, null, true))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example:8080",
        "127.0.0.1.evil.example:8080",
        "localhost.evil.example",
        "EVIL.example",
        "[evil.example]:80",
        "localhost.:8080"
    })
    void shouldLetNoPageReadThatMadeItsNamePointHere(String host) {
        assertThat(guard.judgeReading(origin(host, null, true))).isPresent();
        assertThat(guard.judgeReading(origin(host, null, false)))
                .as("over the network")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, https://evil.example, true",
        "localhost:8080, http://localhost:9999, true",
        "localhost:8080, null, true",
        "evil.example:8080, http://evil.example:8080, true",
        "evil.example, , true",
        "127.0.0.1.evil.example:8080, , true",
        "localhost.evil.example, , true",
        "'', , true",
        "10.0.0.7:8080, http://evil.example, false"
    })
    void shouldRefuseWhatAForeignPageSends(String host, String origin, boolean local) {
        assertThat(guard.judge(origin(host, origin, local))).isPresent();
    }

    private static RequestOrigin origin(String host, @Nullable String page, boolean local) {
        return new RequestOrigin(local ? "127.0.0.1" : "10.0.0.9", host, Optional.ofNullable(page), false);
    }
}
