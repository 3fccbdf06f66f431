package dev.rensa.node.snapshot;

import java.nio.ByteBuffer;
import java.util.List;

/** What {@link SnapshotFuzz} plays, on a ledger with a bucket that comes in parts. */
public final class LargeBucketFuzz {
    private LargeBucketFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            SnapshotFuzz.play(new JoinStory(JoinSource.withLargeBucket()), ByteBuffer.wrap(input));
        }
    }

    /** A part that is forged, and kills between parts. */
    public static List<byte[]> seeds() {
        byte forge = SnapshotFuzz.FORGE;
        byte kill = SnapshotFuzz.KILL;
        return List.of(
                new byte[] {0, 0, 6, 0, 6, forge, 0, 0, 1, 0, 1, 6, 5, 0, 6},
                new byte[] {1, 0, 6, 0, 6, 0, 6, kill, 5, 0, 6, 0, kill, 5, 0, 6, (byte) 0x80, 6});
    }
}
