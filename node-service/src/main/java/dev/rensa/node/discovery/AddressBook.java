package dev.rensa.node.discovery;

import dev.rensa.node.peer.AddressGroups;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.crypto.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Addresses at which a node of this network proved its key, kept over restarts: a node that comes back finds those it knew,
 * whatever it is told meanwhile. Nothing enters by hearsay, and one network of neighbours gets a bounded share.
 *
 * <p>Its file holds one line an address: {@code host:port key millis}. A line that cannot be read is passed over: the book
 * saves time and nothing depends on it. Safe for use by several threads.
 */
public final class AddressBook implements CandidateSource {

    /** Name of the file in the data directory. */
    public static final String FILE_NAME = "peers";

    /** Addresses kept; the one that was proved longest ago makes room. */
    static final int MAX_ADDRESSES = 1_024;

    /** Addresses kept of one {@link AddressGroups#of group}; its own oldest makes room. */
    static final int MAX_PER_GROUP = 128;

    /** An address that was not proved again for so long is forgotten. */
    static final long FORGET_MILLIS = 30L * 24 * 3_600_000;

    /** Far more than a full book takes. */
    private static final long MAX_FILE_BYTES = 1 << 20;

    private static final Logger LOG = Logger.getLogger(AddressBook.class);

    private final InstantSource clock;
    private final Path file;
    private final Map<PeerAddress, Proof> proofs = new HashMap<>();
    private final Object writing = new Object();
    private boolean changed;

    private record Proof(NodeKey key, long atMillis, String group) {}

    private AddressBook(InstantSource clock, Path file) {
        this.clock = clock;
        this.file = file;
    }

    /** Opens the book of a data directory, empty if there is none yet or if it cannot be read. */
    public static AddressBook open(Path dataDirectory, InstantSource clock) {
        AddressBook book = new AddressBook(clock, dataDirectory.resolve(FILE_NAME));
        book.load();
        return book;
    }

    /** A node proved there that it holds this key. */
    synchronized void proved(PeerAddress address, NodeKey key) {
        put(address, key, clock.millis());
        changed = true;
    }

    /** Addresses that were proved last, latest first: who was connected when this node stopped. */
    synchronized List<PeerAddress> latest(int most) {
        return latestFirst().limit(most).map(Map.Entry::getKey).toList();
    }

    /** Whether a node was proved to be there within the given time. */
    synchronized boolean isProvedWithin(PeerAddress address, long millis) {
        Proof proof = proofs.get(address);
        return proof != null && clock.millis() - proof.atMillis() < millis;
    }

    /** Whether the node with this key was met there, when the address was dialled last. Takes no longer than a look. */
    public synchronized boolean isProved(PeerAddress address, NodeKey key) {
        Proof proof = proofs.get(address);
        return proof != null && proof.key().equals(key);
    }

    @Override
    public String name() {
        return "remembered";
    }

    @Override
    public synchronized CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
        long now = clock.millis();
        changed |= proofs.values().removeIf(proof -> now - proof.atMillis() > FORGET_MILLIS);
        return CompletableFuture.completedFuture(
                proofs.keySet().stream().filter(leaveOut.negate()).toList());
    }

    /** Writes the book if anything changed: aside and moved into place, so that a kill leaves a whole one. */
    public void save() {
        // A lock of its own: nobody who looks something up waits for the disk.
        synchronized (writing) {
            Path aside = file.resolveSibling(FILE_NAME + ".new");
            try {
                Optional<List<String>> lines = changedLines();
                if (lines.isPresent()) {
                    Files.write(aside, lines.get());
                    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                LOG.debugf("the addresses of peers cannot be saved to %s: %s", file, e.getMessage());
                noteChange();
            }
        }
    }

    private synchronized Optional<List<String>> changedLines() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(latestFirst()
                .map(each -> each.getKey() + " " + each.getValue().key() + " "
                        + each.getValue().atMillis())
                .toList());
    }

    private synchronized void noteChange() {
        changed = true;
    }

    private void load() {
        try {
            if (Files.exists(file) && Files.size(file) <= MAX_FILE_BYTES) {
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().forEach(this::read);
            }
        } catch (IOException e) {
            LOG.warnf("The addresses of peers in %s cannot be read; they are found anew: %s", file, e.getMessage());
        }
    }

    private void read(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            return;
        }
        try {
            NodeKey key = new NodeKey(PublicKey.fromHex(parts[1]));
            put(PeerAddress.parse(parts[0]), key, Long.parseLong(parts[2]));
        } catch (IllegalArgumentException e) {
            LOG.debugf("a line of %s is passed over: %s", file, e.getMessage());
        }
    }

    private void put(PeerAddress address, NodeKey key, long atMillis) {
        String group = AddressGroups.of(address.host());
        proofs.put(address, new Proof(key, atMillis, group));
        List<PeerAddress> neighbours = proofs.entrySet().stream()
                .filter(each -> each.getValue().group().equals(group))
                .map(Map.Entry::getKey)
                .toList();
        if (neighbours.size() > MAX_PER_GROUP) {
            oldestOf(neighbours).ifPresent(proofs::remove);
        }
        if (proofs.size() > MAX_ADDRESSES) {
            oldestOf(new ArrayList<>(proofs.keySet())).ifPresent(proofs::remove);
        }
    }

    private Optional<PeerAddress> oldestOf(List<PeerAddress> among) {
        return among.stream().min(Comparator.comparingLong(this::provedAt));
    }

    private long provedAt(PeerAddress address) {
        Proof proof = proofs.get(address);
        return proof == null ? Long.MIN_VALUE : proof.atMillis();
    }

    private Stream<Map.Entry<PeerAddress, Proof>> latestFirst() {
        return proofs.entrySet().stream()
                .sorted(Comparator.<Map.Entry<PeerAddress, Proof>>comparingLong(
                                each -> each.getValue().atMillis())
                        .reversed());
    }
}
