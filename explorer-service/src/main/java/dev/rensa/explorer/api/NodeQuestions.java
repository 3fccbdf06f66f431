package dev.rensa.explorer.api;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Questions that only a node can answer. They go to a few nodes, best chain first, until one knows. */
@ApplicationScoped
public class NodeQuestions {

    /** Most nodes that one request asks: a caller must not make the explorer ask a whole network. */
    private static final int MAX_ASKED = 4;

    /** Transactions of a mempool that are shown. */
    private static final int MEMPOOL_PAGE = 100;

    private final NodeDirectory directory;

    NodeQuestions(NodeDirectory directory) {
        this.directory = directory;
    }

    Optional<Block> block(BlockHash hash) {
        return firstAnswer(client ->
                        client.block(hash).filter(block -> block.hash().equals(hash)))
                .map(Answer::value);
    }

    Optional<TransactionView> transaction(TransactionId id) {
        return firstAnswer(client -> client.transaction(id)).map(Answer::value);
    }

    /** The head of the best node's mempool. */
    Optional<Answer<MempoolPage>> mempool() {
        return firstAnswer(client -> Optional.of(client.mempool(MEMPOOL_PAGE)));
    }

    private <T> Optional<Answer<T>> firstAnswer(Question<T> question) {
        List<NodeView> nodes = directory.bestFirst().stream().limit(MAX_ASKED).toList();
        for (NodeView node : nodes) {
            Optional<NodeClient> client = directory.client(node);
            if (client.isEmpty()) {
                continue;
            }
            try {
                Optional<T> answer = question.ask(client.get());
                if (answer.isPresent()) {
                    return Optional.of(new Answer<>(node, answer.get()));
                }
            } catch (NodeTroubleException e) {
                // Its follower notices and says why; the next node is asked.
            }
        }
        return Optional.empty();
    }

    /** An answer and who gave it. */
    record Answer<T>(NodeView node, T value) {}

    private interface Question<T> {
        Optional<T> ask(NodeClient client) throws NodeTroubleException;
    }
}
