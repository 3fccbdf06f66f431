package dev.rensa.wallet.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {

    private static final String PASSPHRASE = "correct horse battery staple";
    /** The tests are not about guessing. */
    private static final int LITTLE_MEMORY = 64;

    private static final int CHUNK = BackupCipher.CHUNK;

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void shouldOpenWhatItSealed(int length) throws IOException {
        byte[] plain = bytes(length);

        assertThat(open(seal(plain), PASSPHRASE)).isEqualTo(plain);
    }

    @Test
    void shouldTellAWrongPassphraseFromADamagedFile() throws IOException {
        byte[] file = seal(bytes(10));

        assertThatThrownBy(() -> open(file, "correct horse battery stable"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("passphrase is not the one")
                .extracting(e -> ((BackupException) e).code())
                .isEqualTo(BackupException.WRONG_PASSPHRASE);
        assertThatThrownBy(() -> open(
                        "not a backup at all, but long enough to look like one. "
                                .repeat(4)
                                .getBytes(StandardCharsets.UTF_8),
                        "x"))
                .hasMessageContaining("not a backup");
        assertThatThrownBy(() -> open(new byte[0], PASSPHRASE)).hasMessageContaining("not a backup");
    }

    @Test
    void shouldRefuseAFileThatWasCutOffOrContinued() throws IOException {
        byte[] file = seal(bytes(2 * CHUNK + 100));
        int first = BackupCipher.HEADER + CHUNK + BackupCipher.TAG;

        for (int length : new int[] {BackupCipher.HEADER, first - 1, first, file.length - 1}) {
            assertDamaged(Arrays.copyOf(file, length));
        }
        assertDamaged(Arrays.copyOf(file, file.length + 1));
    }

    @Test
    void shouldRefuseChunksInAnotherOrder() throws IOException {
        byte[] file = seal(bytes(3 * CHUNK));
        int size = CHUNK + BackupCipher.TAG;
        byte[] swapped = file.clone();
        System.arraycopy(file, BackupCipher.HEADER, swapped, BackupCipher.HEADER + size, size);
        System.arraycopy(file, BackupCipher.HEADER + size, swapped, BackupCipher.HEADER, size);

        assertDamaged(swapped);
    }

    @Test
    void shouldRefuseAFileWithOneChangedBit() throws IOException {
        byte[] file = seal(bytes(1000));

        for (int i = 0; i < 6; i++) {
            byte[] changed = file.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> open(changed, PASSPHRASE)).isInstanceOf(BackupException.class);
        }
    }

    @Test
    void shouldNotSpendMoreMemoryThanAFileMayAskFor() throws IOException {
        byte[] file = seal(bytes(10));
        file[40] = 0x7f;

        assertThatThrownBy(() -> open(file, PASSPHRASE)).hasMessageContaining("beginning was changed");
    }

    @Test
    void shouldReadLinesAsLongAsARowMayBe() throws IOException {
        String longest = "x".repeat(BoundedLines.MAX_LENGTH);

        try (BoundedLines lines = new BoundedLines(new StringReader("a\n\n" + longest + "\nb"))) {
            assertThat(lines.next()).isEqualTo("a");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).isEqualTo(longest);
            assertThat(lines.next()).isEqualTo("b");
            assertThat(lines.next()).isNull();
        }
        try (BoundedLines lines = new BoundedLines(new StringReader(longest + "x\n"))) {
            assertThatThrownBy(lines::next).isInstanceOf(BackupException.class).hasMessageContaining("longer than any");
        }
    }

    private static void assertDamaged(byte[] file) {
        assertThatThrownBy(() -> open(file, PASSPHRASE))
                .isInstanceOf(BackupException.class)
                .extracting(e -> ((BackupException) e).code())
                .isEqualTo(BackupException.DAMAGED);
    }

    private static byte[] seal(byte[] plain) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SealedOutput sealed = new SealedOutput(file, PASSPHRASE, new SecureRandom(), LITTLE_MEMORY)) {
            sealed.write(plain);
        }
        return file.toByteArray();
    }

    private static byte[] open(byte[] file, String passphrase) throws IOException {
        try (SealedInput opened = new SealedInput(new ByteArrayInputStream(file), passphrase)) {
            return opened.readAllBytes();
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
