package dev.rensa.explorer.index;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.protocol.block.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Fetches a run of blocks by height, several at once, for a question's round trip takes longer than its answer. */
final class BlockFetcher {

    /** Questions under way at a time: with the largest blocks 128 MiB, with usual ones a few MiB. */
    static final int WINDOW = 32;

    private final ExecutorService executor;

    BlockFetcher(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Fetches the blocks of a node's canonical chain from a height on, at most {@link #WINDOW}. The list ends early where
     * the chain ends, and where two blocks do not link because the node changed its branch meanwhile.
     */
    List<Block> fetch(NodeClient client, long fromHeight, long toHeight) throws NodeTroubleException {
        List<Future<Optional<Block>>> answers = new ArrayList<>();
        for (long height = fromHeight; height <= toHeight && answers.size() < WINDOW; height++) {
            long wanted = height;
            answers.add(executor.submit(() -> client.blockAt(wanted)));
        }
        List<Block> blocks = new ArrayList<>();
        try {
            for (Future<Optional<Block>> answer : answers) {
                Optional<Block> block = answer.get();
                if (block.isEmpty()
                        || block.get().height() != fromHeight + blocks.size()
                        || !linksTo(blocks, block.get())) {
                    break;
                }
                blocks.add(block.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeTroubleException trouble) {
                throw new NodeTroubleException(String.valueOf(trouble.getMessage()), trouble);
            }
            throw new IllegalStateException("a block could not be fetched", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeTroubleException("the explorer is stopping", e);
        } finally {
            answers.forEach(answer -> answer.cancel(true));
        }
        return blocks;
    }

    private static boolean linksTo(List<Block> blocks, Block next) {
        return blocks.isEmpty()
                || next.header().parent().equals(blocks.getLast().hash());
    }
}
