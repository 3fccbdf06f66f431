package dev.rensa.explorer.api;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions that only a node can answer. They go to a few nodes, best chain first, until one knows. */
@ApplicationScoped
public class NodeQuestions {

    /** Most nodes that one request asks: a caller must not make the explorer ask a whole network. */
    private static final int MAX_ASKED = 4;

    /** Transactions of a mempool that are shown. */
    private static final int MEMPOOL_PAGE = 100;

    /** Most that a node gives at once. */
    private static final int LONG_MEMPOOL_PAGE = 1_000;

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
        return firstAnswer(client -> Optional.of(client.mempool("fee", MEMPOOL_PAGE)));
    }

    /** The first 1,000 that wait at the best node. */
    List<TransactionInfo> waiting(String order) {
        return told(firstAnswer(client -> Optional.of(client.mempool(order, LONG_MEMPOOL_PAGE))));
    }

    /** What an account has sent and waits at the best node. */
    List<TransactionInfo> waitingOf(String address) {
        return told(firstAnswer(client -> Optional.of(client.mempoolOf(address))));
    }

    private static List<TransactionInfo> told(Optional<Answer<MempoolPage>> answer) {
        return answer.orElseThrow(NodeQuestions::nobody).value().transactions().stream()
                .map(Views::told)
                .toList();
    }

    FeesView fees() {
        return firstAnswer(client -> Optional.of(client.fees()))
                .orElseThrow(NodeQuestions::nobody)
                .value();
    }

    /** What some nodes say of a transaction; those that do not answer are left out. */
    List<Answer<ExplanationView>> explanations(TransactionId id) {
        List<Answer<ExplanationView>> answers = new ArrayList<>();
        for (NodeView node : directory.bestFirst().stream().limit(MAX_ASKED).toList()) {
            directory.client(node).ifPresent(client -> {
                try {
                    answers.add(new Answer<>(node, client.explain(id)));
                } catch (NodeTroubleException e) {
                    // Its follower notices and says why.
                }
            });
        }
        return answers;
    }

    /** Hands a transaction to the first node that answers. */
    SubmissionView submit(Transaction transaction) {
        for (NodeView node : directory.bestFirst().stream().limit(MAX_ASKED).toList()) {
            Optional<NodeClient> client = directory.client(node);
            if (client.isEmpty()) {
                continue;
            }
            try {
                return client.get().submit(transaction);
            } catch (NodeRefusalException e) {
                throw ProblemException.of(e.problem());
            } catch (NodeTroubleException e) {
                // The same bytes may be given to another node: a transaction is mined once, whoever has it.
            }
        }
        throw nobody();
    }

    private static ProblemException nobody() {
        return ProblemException.unavailable(
                "no-node-answers", "This is a node's to answer, and no node can be reached; /api/nodes says why.");
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
    record Answer<T>(NodeView node, T value) {
        String nameOfNode() {
            return node.report().map(report -> report.status().name()).orElse("");
        }
    }

    private interface Question<T> {
        Optional<T> ask(NodeClient client) throws NodeTroubleException;
    }
}
