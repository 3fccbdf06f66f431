package dev.rensa.node.fuzz;

import com.sun.management.ThreadMXBean;
import dev.rensa.protocol.codec.MalformedException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * What holds for every decoder and whatever bytes: it answers with a value whose encoding is these bytes again, or with a
 * {@link MalformedException} that has a sentence; and it takes no more memory than a multiple of what it was given.
 */
public final class FuzzCheck {
    /** What the JVM may take by the way: classes that are loaded, counters of the fuzzer. */
    private static final long FREE_BYTES = 4L << 20;

    /** The most that a byte of input may cost: a list of the smallest elements, each an object with fields. */
    private static final long BYTES_A_BYTE = 256;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzCheck() {}

    /** Decodes and encodes again. */
    public static <T> void roundTrip(byte[] input, Function<byte[], T> decoder, Function<T, byte[]> encoder) {
        bounded(input, () -> {
            T value;
            try {
                value = decoder.apply(input.clone());
            } catch (MalformedException e) {
                requireSentence(e);
                return;
            }
            byte[] again = encoder.apply(value);
            if (!Arrays.equals(again, input)) {
                throw new AssertionError("read as " + value + ", which is written as "
                        + HexFormat.of().formatHex(again));
            }
        });
    }

    /** Runs what takes the input, and looks what memory it took: a second time too, if classes were loaded the first time. */
    public static void bounded(byte[] input, Runnable work) {
        long most = FREE_BYTES + BYTES_A_BYTE * input.length;
        if (taken(work) > most) {
            long taken = taken(work);
            if (taken > most) {
                throw new AssertionError(input.length + " bytes of input took " + taken + " bytes of memory");
            }
        }
    }

    private static long taken(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** A refusal says why. */
    public static void requireSentence(MalformedException refusal) {
        if (refusal.rejection().detail().isBlank()) {
            throw new AssertionError("a refusal without a sentence");
        }
    }
}
