package dev.rensa.node.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code ./rensa fuzz} looks for, in a moment: valid inputs, those that were kept, and mutations of both. Run one seed
 * again with {@code -Dseed=…}.
 */
class FuzzRegressionTest {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void shouldTakeWhateverBytesComeWithoutHarm(FuzzTarget target) {
        System.out.println("FuzzRegressionTest " + target.label() + " -Dseed=" + seed);
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(KeptInputs.of(target));
        inputs.forEach(input -> check(target, input));

        for (int i = 0; i < target.mutations(); i++) {
            check(target, mutation(inputs.get(random.nextInt(inputs.size()))));
        }
    }

    private void check(FuzzTarget target, byte[] input) {
        assertThatCode(() -> target.check(input))
                .as(
                        "%s, -Dseed=%d, input %s",
                        target.label(), seed, HexFormat.of().formatHex(input))
                .doesNotThrowAnyException();
    }

    private byte[] mutation(byte[] original) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
                default -> System.arraycopy(bytes, at, bytes, random.nextInt(at + 1), bytes.length - at);
            }
        }
        return bytes;
    }
}
