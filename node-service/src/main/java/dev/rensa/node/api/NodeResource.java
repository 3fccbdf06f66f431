package dev.rensa.node.api;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.ChainPage;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.MiningView;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionProofView;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.genesis.GenesisDocument;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The node's REST contract: each call goes to the class of its subject. What reads the store runs on worker threads; a
 * single submission is decoded where it arrives and costs no thread while it waits for its answer.
 */
@Tag(name = "node")
public class NodeResource implements NodeApi {

    /** Methods that {@link AdminGuard} lets nobody call but the operator. */
    static final Set<String> ADMINISTRATIVE = Set.of("mine", "startMining", "stopMining");

    private final ChainQueries chain;
    private final TransactionQueries transactions;
    private final SubmissionCommands submissions;
    private final StatusQueries status;
    private final MiningCommands mining;

    NodeResource(
            ChainQueries chain,
            TransactionQueries transactions,
            SubmissionCommands submissions,
            StatusQueries status,
            MiningCommands mining) {
        this.chain = chain;
        this.transactions = transactions;
        this.submissions = submissions;
        this.status = status;
        this.mining = mining;
    }

    @Override
    @Operation(summary = "A page of the canonical chain", description = "Ascending; without `from` the newest page.")
    public ChainPage chain(@Nullable Long from, int limit) {
        return chain.page(from, limit);
    }

    @Override
    @Operation(summary = "A block by hash, height or `tip`")
    public BlockView block(String block) {
        return chain.block(block);
    }

    @Override
    @Operation(summary = "The canonical bytes of a block")
    public byte[] rawBlock(String block) {
        return chain.raw(block);
    }

    @Override
    @Operation(summary = "A transaction, mined or waiting")
    public TransactionView transaction(String id) {
        return transactions.transaction(id);
    }

    @Override
    @Operation(summary = "Proof that a transaction is in a block, checkable with the header alone")
    public TransactionProofView transactionProof(String id) {
        return transactions.proof(id);
    }

    @Override
    @NonBlocking
    @Operation(summary = "Submit a signed transaction as JSON")
    public CompletionStage<SubmissionView> submit(TransactionRequest transaction) {
        return submissions.submit(transaction);
    }

    @Override
    @NonBlocking
    @Operation(summary = "Submit a signed transaction in its canonical bytes")
    public CompletionStage<SubmissionView> submitRaw(byte[] transaction) {
        return submissions.submitRaw(transaction);
    }

    @Override
    @Blocking
    @Operation(summary = "Submit up to 10,000 transactions, one JSON object a line")
    public CompletionStage<BatchView> submitLines(byte[] lines) {
        return submissions.submitLines(lines);
    }

    @Override
    @Blocking
    @Operation(summary = "Submit up to 10,000 transactions in their canonical bytes")
    public CompletionStage<BatchView> submitPacked(byte[] packed) {
        return submissions.submitPacked(packed);
    }

    @Override
    @Operation(summary = "A page of the mempool, highest fee a byte first")
    public MempoolPage mempool(int offset, int limit) {
        return transactions.page(offset, limit);
    }

    @Override
    @Operation(summary = "Balance and next nonce of an account")
    public AccountView account(String address) {
        return transactions.account(address);
    }

    @Override
    @Operation(summary = "Peers, and every address that is not one and why")
    public PeersView peers() {
        return status.peers();
    }

    @Override
    @Operation(summary = "The node at a glance")
    public StatusView status() {
        return status.status();
    }

    @Override
    @Operation(summary = "The rules of the network")
    public GenesisDocument genesis() {
        return status.genesis();
    }

    @Override
    @Operation(summary = "Tips of all branches known")
    public ForksView forks() {
        return chain.forks();
    }

    @Override
    @Blocking
    @Operation(summary = "Mine blocks at once", description = "Administrative.")
    public CompletionStage<MinedView> mine(@Nullable MineRequest request) {
        return mining.mine(request);
    }

    @Override
    @Operation(summary = "Let the miner run", description = "Administrative.")
    public MiningView startMining() {
        return mining.start();
    }

    @Override
    @Operation(summary = "Stop the miner", description = "Administrative.")
    public MiningView stopMining() {
        return mining.stop();
    }
}
