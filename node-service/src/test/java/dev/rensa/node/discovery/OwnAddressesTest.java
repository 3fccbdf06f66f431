package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.PeerAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

    @Test
    void shouldKnowEveryAddressOfThisMachineWhereItIsBoundToAll() {
        OwnAddresses own = new OwnAddresses("0.0.0.0", () -> 7_400, () -> Instant.EPOCH);

        assertThat(own).accepts(new PeerAddress("127.0.0.1", 7_400));
        assertThat(own)
                .rejects(
                        new PeerAddress("127.0.0.1", 7_401),
                        new PeerAddress("192.0.2.1", 7_400),
                        new PeerAddress("node.example", 7_400));
    }

    @Test
    void shouldKnowNoOtherAddressThanTheOneItIsBoundTo() {
        OwnAddresses own = new OwnAddresses("192.0.2.7", () -> 7_400, () -> Instant.EPOCH);

        assertThat(own).accepts(new PeerAddress("192.0.2.7", 7_400));
        assertThat(own).rejects(new PeerAddress("127.0.0.1", 7_400));
    }
}
