package dev.rensa.node.api;

import dev.rensa.protocol.api.AccountProofView;
import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.ChainPage;
import dev.rensa.protocol.api.ExplanationView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.ForksView;
import dev.rensa.protocol.api.HeadersPage;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MempoolInfoView;
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
import org.jspecify.annotations.Nullable;

/**
 * The node's REST contract: each call goes to the class of its subject. What reads the store runs on worker threads; a
 * single submission is decoded where it arrives and costs no thread while it waits for its answer.
 */
public class NodeResource implements NodeApi {

    /** Methods that {@link AdminGuard} lets nobody call but the operator. */
    static final Set<String> ADMINISTRATIVE =
            Set.of("mine", "startMining", "stopMining", "disturbLink", "disturbLinks", "healLink", "healLinks");

    private final ChainQueries chain;
    private final TransactionQueries transactions;
    private final AccountProofs proofs;
    private final SubmissionCommands submissions;
    private final MempoolQueries mempool;
    private final Explanations explanations;
    private final StatusQueries status;
    private final MiningCommands mining;
    private final LabCommands lab;

    NodeResource(
            ChainQueries chain,
            TransactionQueries transactions,
            AccountProofs proofs,
            SubmissionCommands submissions,
            MempoolQueries mempool,
            Explanations explanations,
            StatusQueries status,
            MiningCommands mining,
            LabCommands lab) {
        this.chain = chain;
        this.transactions = transactions;
        this.proofs = proofs;
        this.submissions = submissions;
        this.mempool = mempool;
        this.explanations = explanations;
        this.status = status;
        this.mining = mining;
        this.lab = lab;
    }

    @Override
    public ChainPage chain(@Nullable Long from, int limit) {
        return chain.page(from, limit);
    }

    @Override
    public byte[] rawChain(long from, int limit) {
        return chain.rawPage(from, limit);
    }

    @Override
    public HeadersPage headers(@Nullable Long from, int limit) {
        return chain.headers(from, limit);
    }

    @Override
    public BlockView block(String block) {
        return chain.block(block);
    }

    @Override
    public byte[] rawBlock(String block) {
        return chain.raw(block);
    }

    @Override
    public TransactionView transaction(String id) {
        return transactions.transaction(id);
    }

    @Override
    public TransactionProofView transactionProof(String id) {
        return transactions.proof(id);
    }

    @Override
    public ExplanationView explainTransaction(String id) {
        return explanations.explain(id);
    }

    @Override
    @NonBlocking
    public CompletionStage<SubmissionView> submit(TransactionRequest transaction, boolean dryRun) {
        return submissions.submit(transaction, dryRun);
    }

    @Override
    @NonBlocking
    public CompletionStage<SubmissionView> submitRaw(byte[] transaction, boolean dryRun) {
        return submissions.submitRaw(transaction, dryRun);
    }

    @Override
    @Blocking
    public CompletionStage<BatchView> submitLines(byte[] lines) {
        return submissions.submitLines(lines);
    }

    @Override
    @Blocking
    public CompletionStage<BatchView> submitPacked(byte[] packed) {
        return submissions.submitPacked(packed);
    }

    @Override
    public MempoolPage mempool(
            String order, @Nullable String sender, @Nullable String state, @Nullable String after, int limit) {
        return mempool.page(order, sender, state, after, limit);
    }

    @Override
    public MempoolInfoView mempoolInfo() {
        return mempool.info();
    }

    @Override
    public FeesView fees() {
        return mempool.fees();
    }

    @Override
    public AccountView account(String address) {
        return transactions.account(address);
    }

    @Override
    public AccountProofView accountProof(String address) {
        return proofs.proof(address);
    }

    @Override
    public PeersView peers(int offset, int limit) {
        return status.peers(offset, limit);
    }

    @Override
    public StatusView status() {
        return status.status();
    }

    @Override
    public GenesisDocument genesis() {
        return status.genesis();
    }

    @Override
    public ForksView forks() {
        return chain.forks();
    }

    @Override
    @Blocking
    public CompletionStage<MinedView> mine(@Nullable MineRequest request) {
        return mining.mine(request);
    }

    @Override
    public MiningView startMining() {
        return mining.start();
    }

    @Override
    public MiningView stopMining(@Nullable Long forSeconds) {
        return mining.stop(forSeconds);
    }

    @Override
    public LabView lab() {
        return lab.view();
    }

    @Override
    @Blocking
    public CompletionStage<LabView> disturbLink(String nodeKey, LinkFaultRequest fault) {
        return lab.disturb(nodeKey, fault);
    }

    @Override
    @Blocking
    public CompletionStage<LabView> disturbLinks(LinkFaultRequest fault) {
        return lab.disturbAll(fault);
    }

    @Override
    @Blocking
    public CompletionStage<LabView> healLink(String nodeKey) {
        return lab.heal(nodeKey);
    }

    @Override
    @Blocking
    public CompletionStage<LabView> healLinks() {
        return lab.healAll();
    }
}
