package dev.rensa.node.maintenance;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.maintenance.ChainFileReader.RawBlock;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the blocks of a chain file in, each judged as if a peer had sent it: work, signatures, every rule. What is here
 * already is passed over, so that an import which was interrupted goes on where it was.
 */
public final class ChainImport {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Blocks between two syncs of the disk: a loss of power costs importing that many once more. */
    private static final int BLOCKS_A_SYNC = 1_000;

    private final Chain chain;
    private final Runnable persist;
    private final InstantSource clock;
    private final ProgressBar progress;
    private long total;
    private long passedOver;
    private long taken;

    private record Checked(Block block, boolean signed) {}

    /**
     * Prepares an import.
     *
     * @param persist returns once everything that was stored is on the medium
     */
    public ChainImport(Chain chain, Runnable persist, InstantSource clock, ProgressBar progress) {
        this.chain = chain;
        this.persist = persist;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Imports.
     *
     * @throws MaintenanceException if the file is another network's or damaged, or a block of it breaks a rule; what stands
     *     before that is kept
     */
    public void run(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            run(in);
        } catch (IOException e) {
            throw new MaintenanceException("The file " + file + " cannot be read: " + e);
        }
        progress.say("Took " + taken + " blocks; " + passedOver + " were here already. The chain ends in block "
                + chain.head().height() + " (" + chain.head().hash() + ").");
    }

    void run(InputStream in) {
        ChainFileReader file = new ChainFileReader(in);
        if (!file.network().equals(chain.networkHash())) {
            throw new MaintenanceException("The file belongs to the network " + file.network()
                    + ", this node to the network " + chain.networkHash()
                    + ". Import it into a node with its genesis (rensa.genesis-file).");
        }
        total = file.lastHeight();
        try {
            OrderedPipeline.run(() -> nextNew(file), this::check, this::take);
        } finally {
            persist.run();
        }
        requireAtLeast(file);
    }

    /** The next block that is not on the canonical chain; null at the end of the file. */
    private OrderedPipeline.@Nullable Item<RawBlock> nextNew(ChainFileReader file) {
        for (RawBlock raw = file.next(); raw != null; raw = file.next()) {
            if (!isCanonical(raw)) {
                return new OrderedPipeline.Item<>(raw, raw.bytes().length);
            }
            passedOver++;
            progress.at("blocks", passedOver, total);
        }
        return null;
    }

    private boolean isCanonical(RawBlock raw) {
        long height = raw.header().height();
        return height <= chain.head().height()
                && chain.canonicalHash(height).filter(raw.hash()::equals).isPresent();
    }

    /** Away from the chain: from any thread. */
    private Checked check(RawBlock raw) {
        Block block;
        try {
            block = Block.decode(raw.bytes());
        } catch (MalformedException e) {
            throw refused(raw.header().height(), raw.hash(), e.rejection().toString());
        }
        BlockHash network = chain.networkHash();
        List<Transaction> transactions = block.transactions();
        return new Checked(block, transactions.stream().allMatch(transaction -> transaction.isSignedFor(network)));
    }

    private void take(Checked checked) {
        Block block = checked.block();
        if (!checked.signed()) {
            throw refused(block.height(), block.hash(), "a transaction in it is not signed by its sender");
        }
        BlockOutcome outcome = chain.acceptBlock(block, clock.millis());
        if (outcome instanceof BlockOutcome.Rejected(var rejection, var changes)) {
            throw refused(block.height(), block.hash(), rejection.toString());
        }
        while (!chain.advance().isEmpty()) {
            // A long way from a branch of our own to the file's is gone in steps.
        }
        taken++;
        progress.at("blocks", block.height(), total);
        if (taken % BLOCKS_A_SYNC == 0) {
            persist.run();
        }
    }

    private static MaintenanceException refused(long height, BlockHash hash, String why) {
        return new MaintenanceException("Block " + height + " (" + hash + ") of the file is refused: " + why
                + ". What stands before it is taken.");
    }

    private void requireAtLeast(ChainFileReader file) {
        boolean followed = chain.canonicalHash(file.lastHeight())
                .filter(file.lastHash()::equals)
                .isPresent();
        if (!followed && total > 0) {
            progress.say("This node's own chain has more work than the file's and stays the canonical one.");
        }
    }
}
