package dev.rensa.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.LoadedChain;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast the index catches up, from packed bytes to the database; run on purpose, with -Dindex.transfers=1000000. */
@EnabledIfSystemProperty(named = "index.transfers", matches = "[0-9]+")
class IndexSpeedTest {

    private static final long LEAST_PER_SECOND = 15_000;

    private static final int PAGE_BYTES = 4 << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldCatchUpFastEnough() {
        int transfers = Integer.getInteger("index.transfers");
        TestDatabase database = TestDatabase.sqlite(folder.resolve("speed.db"));
        PackedNode node = new PackedNode(LoadedChain.of(transfers, 1));
        TestWatch watch = new TestWatch(node);

        long began = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            ChainIndexer indexer = new ChainIndexer(watch.directory(), database.store(), executor, System::nanoTime);
            while (indexer.step()) {
                System.out.println(indexer.progress());
            }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

        long perSecond = transfers * 1_000L / millis;
        System.out.printf(
                "%d transfers in %d ms: %d/s, %d MiB%n",
                transfers,
                millis,
                perSecond,
                folder.resolve("speed.db").toFile().length() >> 20);
        assertThat(database.queries().cursor().orElseThrow().height())
                .isEqualTo(node.chain().height());
        assertThat(perSecond).isGreaterThanOrEqualTo(LEAST_PER_SECOND);
    }

    /** Gives pages as bytes and decodes them, as it is done over HTTP. */
    private static final class PackedNode extends FakeNode {
        PackedNode(TestChain chain) {
            super(1, chain);
        }

        @Override
        public List<Block> blocksFrom(long height, int limit) {
            ByteWriter page = new ByteWriter(PAGE_BYTES);
            for (long at = height; at <= chain().height() && page.length() < PAGE_BYTES; at++) {
                chain().at(at).write(page);
            }
            ByteReader reader = new ByteReader(page.toBytes());
            List<Block> blocks = new ArrayList<>();
            while (reader.remaining() > 0) {
                Block block = Block.read(reader);
                assertThat(block.computedRoot()).isEqualTo(block.header().transactionsRoot());
                blocks.add(block);
            }
            return blocks;
        }
    }
}
