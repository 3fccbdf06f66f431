package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of what a node remembers over restarts. */
class AddressBookTest {
    private static final NodeKey ANNE = new NodeKey(TestNetwork.account(1));
    private static final NodeKey BILL = new NodeKey(TestNetwork.account(2));

    @TempDir
    private Path directory;

    private long nowMillis = 1_700_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);

    @Test
    void shouldKeepABoundedShareOfOneNetworkOfNeighbours() {
        AddressBook book = AddressBook.open(directory, clock);
        PeerAddress elsewhere = new PeerAddress("172.20.0.1", 7_400);
        prove(book, elsewhere);

        for (int i = 0; i < AddressBook.MAX_PER_GROUP + 50; i++) {
            prove(book, new PeerAddress("10.1.0." + i % 250, 7_400 + i / 250));
        }

        List<PeerAddress> kept = found(book);
        assertThat(kept).hasSize(AddressBook.MAX_PER_GROUP + 1).contains(elsewhere);
        assertThat(kept).doesNotContain(new PeerAddress("10.1.0.0", 7_400), new PeerAddress("10.1.0.49", 7_400));
    }

    @Test
    void shouldKeepSoManyProvedAddressesInAllAndTheSameAfterARestart() {
        AddressBook book = AddressBook.open(directory, clock);
        for (int i = 0; i < AddressBook.MAX_ADDRESSES + 300; i++) {
            prove(book, spread(i));
        }
        assertThat(found(book)).hasSize(AddressBook.MAX_ADDRESSES).doesNotContain(spread(0), spread(299));

        book.save();

        AddressBook again = AddressBook.open(directory, clock);
        assertThat(found(again)).containsExactlyInAnyOrderElementsOf(found(book));
        assertThat(again.latest(1)).containsExactly(spread(AddressBook.MAX_ADDRESSES + 299));
        nowMillis += AddressBook.FORGET_MILLIS + 1;
        assertThat(found(again)).isEmpty();
    }

    @Test
    void shouldPassOverWhatItCannotReadAndAFileThatIsNoBook() throws IOException {
        PeerAddress good = new PeerAddress("10.1.2.3", 7_400);
        Path file = directory.resolve(AddressBook.FILE_NAME);
        Files.writeString(file, "rubbish\n" + good + " " + ANNE + " " + nowMillis + "\n10.1.2.4:0 " + ANNE + " 1\n");
        assertThat(found(AddressBook.open(directory, clock))).containsExactly(good);

        Files.writeString(file, (good + " " + ANNE + " " + nowMillis + "\n").repeat(20_000));
        assertThat(found(AddressBook.open(directory, clock))).isEmpty();
    }

    @Test
    void shouldKnowWhoWasMetWhereLast() {
        AddressBook book = AddressBook.open(directory, clock);
        prove(book, spread(1));
        assertThat(book.isProved(spread(1), ANNE)).isTrue();
        assertThat(book.isProved(spread(2), ANNE)).isFalse();

        book.proved(spread(1), BILL);

        assertThat(book.isProved(spread(1), ANNE)).isFalse();
        assertThat(book.isProved(spread(1), BILL)).isTrue();
    }

    private void prove(AddressBook book, PeerAddress address) {
        nowMillis++;
        book.proved(address, ANNE);
    }

    /** Each hundred in a network of its own. */
    private static PeerAddress spread(int number) {
        return new PeerAddress("10." + (1 + number / 100) + ".0." + (1 + number % 100), 7_400);
    }

    private static List<PeerAddress> found(CandidateSource source) {
        return source.find(address -> false).toCompletableFuture().join();
    }
}
