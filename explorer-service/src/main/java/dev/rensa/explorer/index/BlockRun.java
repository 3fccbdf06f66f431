package dev.rensa.explorer.index;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.protocol.block.Block;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a chain page by page, and the next page while the one before is written. At most one page is held. For one
 * thread.
 */
final class BlockRun {

    /** Blocks that one page may hold. The node also ends a page after some megabytes, so a page is one write. */
    static final int PAGE_BLOCKS = 500;

    private final ExecutorService executor;
    private @Nullable Ahead ahead;

    private record Ahead(NodeClient client, long height, Future<List<Block>> page) {}

    BlockRun(ExecutorService executor) {
        this.executor = executor;
    }

    /** The page that begins at a height, which may have been asked for already. */
    List<Block> page(NodeClient client, long height) throws NodeTroubleException {
        Ahead asked = ahead;
        ahead = null;
        if (asked == null || !asked.client().url().equals(client.url()) || asked.height() != height) {
            if (asked != null) {
                asked.page().cancel(true);
            }
            return client.blocksFrom(height, PAGE_BLOCKS);
        }
        try {
            return asked.page().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeTroubleException trouble) {
                throw new NodeTroubleException(String.valueOf(trouble.getMessage()), trouble);
            }
            throw new IllegalStateException("blocks could not be fetched", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeTroubleException("the explorer is stopping", e);
        }
    }

    /** Asks for the page that will be wanted next. */
    void ask(NodeClient client, long height) {
        ahead = new Ahead(client, height, executor.submit(() -> client.blocksFrom(height, PAGE_BLOCKS)));
    }
}
