package dev.rensa.node.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.chain.BusyNode;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.protocol.genesis.Genesis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain goes out into a file and comes in again whole, or with a sentence that says why not. */
class ChainFileTest {
    private static final int BLOCKS = 30;
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.ofEpochMilli(TestNetwork.START_MILLIS + 1_000_000_000L));

    private static final BusyNode SOURCE = new BusyNode(new InMemoryStorage());
    private static byte[] file = {};

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ProgressBar progress =
            new ProgressBar(new PrintStream(said, true, StandardCharsets.UTF_8), false, System::nanoTime);

    private final Chain target = open(BusyNode.genesis());
    private int persisted;

    @BeforeAll
    static void exportAChain() throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            SOURCE.mineOne();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChainExport.write(
                SOURCE.chain(),
                SOURCE.chain().head(),
                out,
                new ProgressBar(new PrintStream(new ByteArrayOutputStream()), false, System::nanoTime));
        file = out.toByteArray();
    }

    @Test
    void shouldComeInWhole() throws IOException {
        Path exported = directory.resolve("chain.rensa");

        ChainExport.run(SOURCE.chain(), exported, progress);
        importer().run(exported);

        assertThat(exported).hasBinaryContent(file);
        assertThat(target.head().hash()).isEqualTo(SOURCE.chain().head().hash());
        assertThat(persisted).isPositive();
        assertThat(text()).contains("Exported 30 blocks", "Took 30 blocks; 0 were here already");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldNotOverwriteAFile() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "mine");

        assertThatThrownBy(() -> ChainExport.run(SOURCE.chain(), precious, progress))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("exists already");

        assertThat(precious).hasContent("mine");
    }

    @Test
    void shouldExportAChainWithoutBlocks() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ChainExport.write(target, target.head(), out, progress);
        importer().run(new ByteArrayInputStream(out.toByteArray()));

        assertThat(out.size()).isEqualTo(ChainFile.HEAD_BYTES + ChainFile.CHECKSUM_BYTES);
        assertThat(target.head().height()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 81, 82, 84, 90, 400, 20_000, -33, -32, -1})
    void shouldSayThatAFileWasCutShort(int cut) {
        byte[] whole = file;
        int length = cut < 0 ? whole.length + cut : cut;

        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(whole, 0, length)))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("it was cut short");
    }

    @Test
    void shouldGoOnWhereAnImportEnded() {
        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(file, 0, file.length / 2)))
                .isInstanceOf(MaintenanceException.class);
        assertThat(target.head().height()).isBetween(5L, 25L);
        long taken = target.head().height();

        importer().run(new ByteArrayInputStream(file));

        assertThat(target.head().hash()).isEqualTo(SOURCE.chain().head().hash());
        assertThat(taken).isLessThan(BLOCKS);
    }

    @Test
    void shouldSayThatTheFileCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };

        assertThatThrownBy(() -> importer().run(broken))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("the disk is gone");
    }

    @Test
    void shouldNoticeAFlippedByteWhereverItIs() {
        int step = 4_999;
        for (int at = 0; at < file.length; at += step) {
            byte[] flipped = file.clone();
            flipped[at] ^= 0x20;
            Chain chain = open(BusyNode.genesis());

            assertThatThrownBy(() -> importer(chain).run(new ByteArrayInputStream(flipped)))
                    .as("byte %d", at)
                    .isInstanceOf(MaintenanceException.class);

            assertThat(chain.canonicalHash(chain.head().height()))
                    .as("what is here is the true chain")
                    .isEqualTo(SOURCE.chain().canonicalHash(chain.head().height()));
        }
    }

    @Test
    void shouldNoticeAFlippedByteInTheChecksum() {
        byte[] flipped = file.clone();
        flipped[file.length - 1] ^= 1;

        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(flipped)))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("its checksum is wrong");
    }

    @Test
    void shouldNoticeWhatStandsBehindTheEnd() {
        byte[] longer = Arrays.copyOf(file, file.length + 1);

        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(longer)))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("behind its end");
    }

    @Test
    void shouldRefuseAnotherNetworksFile() {
        Genesis other = TestNetwork.ofAccounts(3, 5).genesis();
        Chain chain = open(other);

        assertThatThrownBy(() -> importer(chain).run(new ByteArrayInputStream(file)))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining(SOURCE.chain().networkHash().toHex())
                .hasMessageContaining(other.networkHash().toHex());
    }

    @Test
    void shouldRefuseANewerFormat() {
        byte[] newer = file.clone();
        newer[ChainFile.MAGIC.length + 1] = 2;

        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(newer)))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void shouldRefuseWhatIsNoChainFile() {
        assertThatThrownBy(() -> importer().run(new ByteArrayInputStream(new byte[10_000])))
                .isInstanceOf(MaintenanceException.class)
                .hasMessageContaining("not an exported chain");
    }

    @Test
    void shouldKeepAChainOfItsOwnThatHasMoreWork() {
        BusyNode ahead = new BusyNode(new InMemoryStorage());
        for (int i = 0; i < 3; i++) {
            ahead.mineOne();
        }
        importer(ahead.chain()).run(new ByteArrayInputStream(file));
        assertThat(ahead.chain().head().hash()).isEqualTo(SOURCE.chain().head().hash());

        importer(ahead.chain()).run(new ByteArrayInputStream(file));

        assertThat(text()).doesNotContain("more work than the file's");
    }

    private ChainImport importer() {
        return importer(target);
    }

    private ChainImport importer(Chain chain) {
        return new ChainImport(chain, () -> persisted++, CLOCK, progress);
    }

    private static Chain open(Genesis genesis) {
        return Chain.open(genesis, new InMemoryStorage(), 1_000);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
