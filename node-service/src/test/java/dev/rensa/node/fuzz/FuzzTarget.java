package dev.rensa.node.fuzz;

import dev.rensa.node.gossip.CompactBlockFuzz;
import dev.rensa.node.maintenance.ChainFileFuzz;
import dev.rensa.node.maintenance.ChainFileSeeds;
import dev.rensa.node.peer.FrameFuzz;
import dev.rensa.node.peer.HandshakeFuzz;
import dev.rensa.node.peer.HelloFuzz;
import dev.rensa.node.peer.MessageFuzz;
import dev.rensa.node.peer.PeerSeeds;
import dev.rensa.node.snapshot.LargeBucketFuzz;
import dev.rensa.node.snapshot.SnapshotFuzz;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that takes bytes of strangers, with some valid inputs to begin from. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions are method references, which keep nothing.
enum FuzzTarget {
    TRANSACTION(TransactionFuzz.class, TransactionFuzz::fuzzerTestOneInput, PeerSeeds::transactions),
    HEADER(HeaderFuzz.class, HeaderFuzz::fuzzerTestOneInput, PeerSeeds::headers),
    BLOCK(BlockFuzz.class, BlockFuzz::fuzzerTestOneInput, PeerSeeds::blocks),
    GENESIS(GenesisFuzz.class, GenesisFuzz::fuzzerTestOneInput, GenesisFuzz::seeds),
    MESSAGE(MessageFuzz.class, MessageFuzz::fuzzerTestOneInput, PeerSeeds::messages),
    FRAME(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput, PeerSeeds::streams),
    HELLO(HelloFuzz.class, HelloFuzz::fuzzerTestOneInput, PeerSeeds::hellos),
    HANDSHAKE(HandshakeFuzz.class, HandshakeFuzz::fuzzerTestOneInput, PeerSeeds::handshakes),
    SNAPSHOT(SnapshotFuzz.class, SnapshotFuzz::fuzzerTestOneInput, SnapshotFuzz::seeds),
    LARGE_BUCKET(LargeBucketFuzz.class, LargeBucketFuzz::fuzzerTestOneInput, LargeBucketFuzz::seeds),
    COMPACT_BLOCK(CompactBlockFuzz.class, CompactBlockFuzz::fuzzerTestOneInput, CompactBlockFuzz::seeds),
    CHAIN_FILE(ChainFileFuzz.class, ChainFileFuzz::fuzzerTestOneInput, ChainFileSeeds::files);

    private final Class<?> type;
    private final Consumer<byte[]> check;
    private final Supplier<List<byte[]>> seeds;

    FuzzTarget(Class<?> type, Consumer<byte[]> check, Supplier<List<byte[]>> seeds) {
        this.type = type;
        this.check = check;
        this.seeds = seeds;
    }

    /** As people write it: {@code chain-file}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Class<?> type() {
        return type;
    }

    /** How many mutations a moment has time for: joining goes through all accounts, where the others read a few bytes. */
    int mutations() {
        return switch (this) {
            case LARGE_BUCKET -> 5;
            case SNAPSHOT -> 200;
            default -> 3_000;
        };
    }

    void check(byte[] input) {
        check.accept(input);
    }

    List<byte[]> seeds() {
        return seeds.get();
    }
}
