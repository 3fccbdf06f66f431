package dev.rensa.explorer.api;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.api.TransactionProofView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.transaction.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Blocks and transactions in their canonical bytes, and proofs over them. */
@ApplicationScoped
class ChainBytes {

    private final ChainQueries queries;
    private final NodeQuestions nodes;

    ChainBytes(ChainQueries queries, NodeQuestions nodes) {
        this.queries = queries;
        this.nodes = nodes;
    }

    /** A whole block: from the index, or from a node if it is on another branch. */
    Block block(String hashText) {
        BlockHash hash = Inputs.blockHash(hashText);
        return queries.block(hash)
                .map(this::whole)
                .or(() -> nodes.block(hash))
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-block", "Neither the index nor a node that was asked has a block " + hash + "."));
    }

    /** The header's 160 bytes in hexadecimal. */
    String header(String hashText) {
        BlockHash hash = Inputs.blockHash(hashText);
        return HexFormat.of()
                .formatHex(queries.block(hash)
                        .map(IndexedBlock::header)
                        .orElseGet(() -> block(hashText).header())
                        .toBytes());
    }

    List<String> transactionIds(String hashText) {
        return block(hashText).transactions().stream()
                .map(transaction -> transaction.id().toHex())
                .toList();
    }

    /** Whether a block is on the canonical chain, and which block follows it there. */
    BlockStatusInfo status(String hashText) {
        BlockHash hash = Inputs.blockHash(hashText);
        return queries.block(hash)
                .map(indexed -> new BlockStatusInfo(
                        true,
                        indexed.height(),
                        queries.blockAt(indexed.height() + 1)
                                .map(next -> next.hash().toHex())
                                .orElse(null)))
                .orElseGet(() -> new BlockStatusInfo(false, block(hashText).height(), null));
    }

    /** A mined transaction's bytes. */
    byte[] transaction(String idText) {
        return mined(idText).transaction().toBytes();
    }

    /** Proof that a block holds a transaction, checkable with the block's header alone. */
    TransactionProofView proof(String idText) {
        IndexedTransaction mined = mined(idText);
        Block block = block(mined.block().toHex());
        List<TransactionId> ids =
                block.transactions().stream().map(Transaction::id).toList();
        MerkleProof proof = MerkleTree.prove(ids, mined.position());
        return new TransactionProofView(
                mined.transaction().id().toHex(),
                mined.block().toHex(),
                mined.height(),
                HexFormat.of().formatHex(block.header().toBytes()),
                proof.index(),
                proof.treeSize(),
                proof.path().stream().map(Hash::toHex).toList());
    }

    private Block whole(IndexedBlock indexed) {
        return new Block(
                indexed.header(),
                queries.transactionsIn(indexed.height(), 0, Block.MAX_TRANSACTIONS).stream()
                        .map(IndexedTransaction::transaction)
                        .toList());
    }

    private IndexedTransaction mined(String idText) {
        TransactionId id = Inputs.transactionId(idText);
        Optional<IndexedTransaction> found = queries.transaction(id);
        return found.orElseThrow(() -> ProblemException.notFound(
                "not-mined", "No block of the canonical chain holds a transaction " + id + "; it may still wait."));
    }
}
