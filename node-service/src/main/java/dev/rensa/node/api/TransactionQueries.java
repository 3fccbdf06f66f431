package dev.rensa.node.api;

import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.TransactionPosition;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.SenderView;
import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.api.TransactionProofView;
import dev.rensa.protocol.api.TransactionView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Transactions, mined or waiting, and the accounts that they move money between. */
@ApplicationScoped
class TransactionQueries {

    private final ChainView chain;
    private final Mempool mempool;

    TransactionQueries(ChainView chain, Mempool mempool) {
        this.chain = chain;
        this.mempool = mempool;
    }

    TransactionView transaction(String text) {
        TransactionId id = RequestChecks.transactionId(text);
        // The mempool is asked first and the chain twice: one that is mined or abandoned meanwhile is found all the
        // same.
        return mined(id).or(() -> waiting(id)).or(() -> mined(id)).orElseThrow(() -> unknown(id));
    }

    TransactionProofView proof(String text) {
        TransactionId id = RequestChecks.transactionId(text);
        TransactionPosition position = chain.position(id)
                .orElseThrow(() -> mempool.contains(id)
                        ? RequestChecks.notFound("transaction " + id + " is not mined yet, so no block proves it")
                        : unknown(id));
        Block block = chain.block(position.block()).orElseThrow(() -> unknown(id));
        MerkleProof proof = MerkleTree.prove(
                block.transactions().stream().map(Transaction::id).toList(), position.index());
        return new TransactionProofView(
                id.toHex(),
                block.hash().toHex(),
                block.height(),
                HexFormat.of().formatHex(block.header().toBytes()),
                proof.index(),
                proof.treeSize(),
                proof.path().stream().map(Hash::toHex).toList());
    }

    AccountView account(String address) {
        PublicKey key = RequestChecks.account(address, prefix());
        if (chain.isImporting()) {
            throw new ProblemException(
                    RejectionReason.NOT_READY,
                    "this node is still taking over the accounts of a snapshot (see /status): ask another one");
        }
        ChainView.AccountAtHead atHead = chain.accountAtHead(key);
        // What waits may lag a block behind the account for an instant; a nonce that it has used stays used.
        Optional<SenderView> waiting = mempool.sender(key);
        long balance = atHead.account().balance().mon();
        long nextNonce = atHead.account().nextNonce();
        return new AccountView(
                address.toLowerCase(Locale.ROOT),
                balance,
                nextNonce,
                waiting.map(view -> view.pendingBalance().mon()).orElse(balance),
                Math.max(nextNonce, waiting.map(SenderView::pendingNextNonce).orElse(nextNonce)),
                waiting.map(SenderView::transactions).orElse(0),
                atHead.head().height(),
                atHead.head().hash().toHex());
    }

    private Optional<TransactionView> waiting(TransactionId id) {
        return mempool.findPooled(id).map(pooled -> TransactionViews.waiting(pooled, prefix()));
    }

    private Optional<TransactionView> mined(TransactionId id) {
        return chain.position(id)
                .flatMap(position -> chain.block(position.block())
                        .map(block -> TransactionViews.mined(
                                block.transactions().get(position.index()),
                                new TransactionViews.Place(
                                        position.block(),
                                        position.height(),
                                        position.index(),
                                        Math.max(1, chain.head().height() - position.height() + 1)),
                                prefix())));
    }

    private String prefix() {
        return chain.genesis().addressPrefix();
    }

    private static ProblemException unknown(TransactionId id) {
        return RequestChecks.notFound("this node knows no transaction " + id + ", neither mined nor waiting");
    }
}
