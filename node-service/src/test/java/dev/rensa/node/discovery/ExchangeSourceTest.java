package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeSourceTest {

    private static final PeerAddress OWN = new PeerAddress("8.8.8.8", 7400);

    private long nowMillis = 1_000_000;
    private final ExchangeSource source = new ExchangeSource(() -> Instant.ofEpochMilli(nowMillis), OWN::equals);

    @Test
    void shouldKeepTheNewestOfOneTeller() {
        PeerInfo teller = teller(1, "9.1.0.1");
        List<PeerAddress> told = addresses(10, ExchangeSource.MAX_PER_TELLER + 6);

        source.learned(teller, told);

        assertThat(found()).containsExactlyInAnyOrderElementsOf(told.subList(6, told.size()));
    }

    /** Keys cost nothing: as many as one likes from one network take no place from those of others. */
    @Test
    void shouldKeepWhatOtherNetworksToldHoweverManyKeysOneNetworkHas() {
        List<PeerAddress> honest = addresses(1, 40);
        source.learned(teller(1, "9.1.0.1"), honest);

        for (int key = 2; key < 102; key++) {
            source.learned(teller(key, "9.2.0." + key), addresses(key, ExchangeSource.MAX_PER_TELLER));
        }

        assertThat(found()).hasSize(ExchangeSource.MAX_ADDRESSES).containsAll(honest);
    }

    @Test
    void shouldLeaveAnAddressToWhoToldOfItFirst() {
        List<PeerAddress> honest = addresses(1, 10);
        PeerInfo parrot = teller(2, "9.2.0.1");
        source.learned(teller(1, "9.1.0.1"), honest);

        source.learned(parrot, honest);
        source.learned(parrot, addresses(3, ExchangeSource.MAX_PER_TELLER));

        assertThat(found()).hasSize(10 + ExchangeSource.MAX_PER_TELLER).containsAll(honest);
    }

    @Test
    void shouldForgetWhatIsNotToldAgainAndLeaveItselfOut() {
        PeerInfo teller = teller(1, "9.1.0.1");
        source.learned(teller, addresses(1, 2));
        source.learned(teller, List.of(OWN));
        assertThat(found()).hasSize(2);

        nowMillis += ExchangeSource.FORGET_MILLIS;
        source.learned(teller, addresses(1, 1));
        nowMillis += 1;

        assertThat(found()).isEqualTo(addresses(1, 1));
    }

    private List<PeerAddress> found() {
        return source.find(_ -> false).toCompletableFuture().join();
    }

    private static List<PeerAddress> addresses(int network, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PeerAddress("7." + network + "." + i / 200 + "." + (1 + i % 200), 7400))
                .toList();
    }

    private static PeerInfo teller(int number, String host) {
        NodeKey key = new NodeKey(PublicKey.fromHex(String.format("%064x", number)));
        PeerAddress address = new PeerAddress(host, 7400);
        return new PeerInfo(key, "", "", false, address, Optional.of(address), 0, BlockHash.ZERO, Work.ZERO);
    }
}
