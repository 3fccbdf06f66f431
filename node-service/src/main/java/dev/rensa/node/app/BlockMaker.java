package dev.rensa.node.app;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.core.NodeCore;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mining.BlockAssembler;
import dev.rensa.node.mining.BlockDraft;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a miner asks of the writer: a template, and to take a block that was found. Waits for the writer. */
final class BlockMaker {

    /** Longer than any task of the writer; a miner that waits for longer gives up. */
    private static final long WRITER_BOUND_SECONDS = 30;

    /** Pause before it is looked again whether a state root is computed. */
    private static final long ROOT_PAUSE_MILLIS = 10;

    private final WriterThread writer;
    private final Chain chain;
    private final Mempool mempool;
    private final NodeCore core;
    private final InstantSource clock;

    BlockMaker(WriterThread writer, Chain chain, Mempool mempool, NodeCore core, InstantSource clock) {
        this.writer = writer;
        this.chain = chain;
        this.mempool = mempool;
        this.core = core;
        this.clock = clock;
    }

    BlockTemplate template(PublicKey account) throws InterruptedException {
        return await(draft(account)).complete();
    }

    /** Asks for what a template is made of, and does not wait. At a checkpoint it comes once the state root is computed. */
    CompletionStage<BlockDraft> draft(PublicKey account) {
        return writer.callSoon(() -> assemble(account))
                .thenCompose(draft ->
                        draft.isPresent() ? CompletableFuture.completedStage(draft.get()) : draftLater(account));
    }

    private Optional<BlockDraft> assemble(PublicKey account) {
        if (!chain.isTemplateReady()) {
            return Optional.empty();
        }
        return Optional.of(BlockAssembler.draft(
                chain.template(clock.millis()), chain.genesis().maxBlockBytes(), mempool, account));
    }

    private CompletionStage<BlockDraft> draftLater(PublicKey account) {
        CompletableFuture<BlockDraft> later = new CompletableFuture<>();
        writer.after(
                ROOT_PAUSE_MILLIS,
                () -> draft(account).whenComplete((draft, failure) -> {
                    if (failure == null) {
                        later.complete(draft);
                    } else {
                        later.completeExceptionally(failure);
                    }
                }));
        return later;
    }

    /** Whether a template still builds upon the head. */
    boolean isCurrent(BlockTemplate template) {
        return chain.head().hash().equals(template.header().parent());
    }

    /** Offers a block; answers whether it is the head now. */
    boolean offer(Block block) throws InterruptedException {
        return await(writer.callSoon(() -> {
            CompletableFuture<Boolean> connected = new CompletableFuture<>();
            core.mined(block, outcome -> connected.complete(outcome instanceof BlockOutcome.Connected));
            return connected.getNow(false) && chain.head().hash().equals(block.hash());
        }));
    }

    /** Whether the accounts of a checkpoint are being taken over: nothing is mined below them. */
    boolean isJoining() {
        return core.snapshot().state() != SnapshotProgress.State.NONE;
    }

    boolean isCaughtUp() {
        return core.progress().ready();
    }

    int pendingTransactions() {
        return mempool.view().pending();
    }

    long bytesWaiting() {
        return mempool.view().bytes();
    }

    /** How old the head is, in milliseconds. */
    long headAgeMillis() {
        return clock.millis() - chain.head().header().timestampMillis();
    }

    static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(WRITER_BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the writer could not do what the miner asked for", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the writer did not answer the miner in time", e);
        }
    }
}
