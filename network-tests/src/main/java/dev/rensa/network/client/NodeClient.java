package dev.rensa.network.client;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BlockView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import dev.rensa.protocol.api.MinedView.MinedBlockView;
import dev.rensa.protocol.api.MiningView;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.transaction.Transaction;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node, asked over HTTP. */
public final class NodeClient {
    private static final int NOT_FOUND = 404;

    private final String name;
    private final JsonClient http;

    /**
     * @param name what people call it
     * @param base where it listens
     */
    public NodeClient(String name, URI base) {
        this.name = name;
        this.http = new JsonClient(base);
    }

    public String name() {
        return name;
    }

    public URI base() {
        return http.base();
    }

    public StatusView status() {
        return http.get("/status", StatusView.class);
    }

    public GenesisDocument genesis() {
        return http.get("/genesis", GenesisDocument.class);
    }

    public PeersView peers() {
        return http.get("/peers", PeersView.class);
    }

    /** Size of the mempool, and the transaction that pays best. */
    public MempoolPage mempool() {
        return http.get("/mempool?limit=1", MempoolPage.class);
    }

    public AccountView account(String address) {
        return http.get("/accounts/" + address, AccountView.class);
    }

    /** The block of that hash, that canonical height, or {@code tip}. */
    public Optional<BlockView> block(String reference) {
        return found("/blocks/" + reference, BlockView.class);
    }

    /** Hash of the canonical block at a height, if the node has come that far. */
    public Optional<String> hashAt(long height) {
        return block(Long.toString(height)).map(BlockView::hash);
    }

    public Optional<TransactionView> transaction(String id) {
        return found("/transactions/" + id, TransactionView.class);
    }

    /** Submits transactions in their packed form. */
    public BatchView submit(List<Transaction> transactions) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(transactions.size() * Transaction.MIN_BYTES);
        for (Transaction transaction : transactions) {
            packed.writeBytes(transaction.toBytes());
        }
        return submitPacked(packed.toByteArray());
    }

    /** Submits transactions that are packed already. */
    public BatchView submitPacked(byte[] packed) {
        return http.postBytes("/transactions/batch", packed, NodeApi.PACKED, BatchView.class);
    }

    /** Submits transactions as JSON, one a line. */
    public BatchView submitLines(String lines) {
        return http.postBytes(
                "/transactions/batch", lines.getBytes(StandardCharsets.UTF_8), NodeApi.JSON_LINES, BatchView.class);
    }

    /** Submits one transaction in its JSON form. */
    public SubmissionView submit(TransactionRequest transaction) {
        return http.post("/transactions", transaction, Map.of(), SubmissionView.class);
    }

    /** The canonical bytes of a block, decoded. */
    public Block rawBlock(String reference) {
        return Block.decode(http.getBytes("/blocks/" + reference + "/raw", NodeApi.PACKED));
    }

    /** Mines blocks for the node itself. */
    public List<MinedBlockView> mine(int blocks) {
        return mine(new MineRequest(null, blocks));
    }

    /** Mines blocks whose reward goes to an address. */
    public List<MinedBlockView> mine(int blocks, String miner) {
        return mine(new MineRequest(miner, blocks));
    }

    /** Lets the miner run, or stops it. */
    public MiningView setMining(boolean on) {
        return http.post(on ? "/mining/start" : "/mining/stop", null, Map.of(), MiningView.class);
    }

    private List<MinedBlockView> mine(MineRequest request) {
        return http.post("/mine", request, Map.of(), MinedView.class).blocks();
    }

    private <T> Optional<T> found(String path, Class<T> type) {
        try {
            return Optional.of(http.get(path, type));
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
