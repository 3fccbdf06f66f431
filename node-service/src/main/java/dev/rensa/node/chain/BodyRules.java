package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a body must fulfil on its own, before any account is asked. */
final class BodyRules {
    private final Genesis genesis;
    private final int networkId;

    BodyRules(Genesis genesis, int networkId) {
        this.genesis = genesis;
        this.networkId = networkId;
    }

    /**
     * R-B1: the header's transactionsRoot commits to the body. A body that does not match says nothing about the header:
     * somebody else may have the right one.
     */
    static Optional<Rejection> checkRoot(Block block) {
        if (block.computedRoot().equals(block.header().transactionsRoot())) {
            return Optional.empty();
        }
        return rejected(
                RejectionReason.WRONG_TRANSACTIONS_ROOT,
                "the " + block.transactions().size() + " transactions of block " + block.hash()
                        + " do not have the root that its header names");
    }

    /** Reads a body and judges it by all that it says itself. From any thread. */
    PreparedBlock prepare(UncheckedBlock unchecked) {
        List<Transaction> transactions;
        try {
            transactions = ByteReader.decodeAll(unchecked.body(), Block::readBody);
        } catch (MalformedException e) {
            return new PreparedBlock.Mismatched(unchecked.hash(), e.rejection());
        }
        return prepare(new Block(unchecked.header(), transactions), unchecked::body);
    }

    /** Judges a block that was put together here. From any thread. */
    PreparedBlock prepare(Block block) {
        return prepare(block, () -> Records.encodeBody(block));
    }

    private PreparedBlock prepare(Block block, Supplier<byte[]> body) {
        return checkRoot(block)
                .<PreparedBlock>map(why -> new PreparedBlock.Mismatched(block.hash(), why))
                .or(() -> check(block).map(why -> new PreparedBlock.Broken(block.hash(), why)))
                .orElseGet(() -> new PreparedBlock.Sound(new CheckedBlock(block, body.get())));
    }

    /** The rules of a body that matches its header. One that breaks them makes the block invalid for ever. */
    Optional<Rejection> check(Block block) {
        // R-B2: the transactions fit into the genesis' limit.
        if (block.transactionBytes() > genesis.maxBlockBytes()) {
            return rejected(
                    RejectionReason.BLOCK_TOO_LARGE,
                    "the transactions take " + block.transactionBytes() + " bytes; the genesis allows "
                            + genesis.maxBlockBytes());
        }
        List<Transaction> transactions = block.transactions();
        Set<TransactionId> ids = HashSet.newHashSet(transactions.size());
        for (int i = 0; i < transactions.size(); i++) {
            Transaction transaction = transactions.get(i);
            // R-B3: no transaction stands twice in a block.
            if (!ids.add(transaction.id())) {
                return rejected(
                        RejectionReason.DUPLICATE_TRANSACTION,
                        "transaction " + i + " (" + transaction.id() + ") stands in this block before");
            }
            Optional<Rejection> rejection = check(transaction, i, block.height());
            if (rejection.isPresent()) {
                return rejection;
            }
        }
        return Optional.empty();
    }

    private Optional<Rejection> check(Transaction transaction, int index, long height) {
        // Rule: the transaction is made for this network.
        if (transaction.networkId() != networkId) {
            return invalid(
                    index,
                    transaction,
                    RejectionReason.WRONG_NETWORK,
                    "it bears network id %08x, this network has %08x".formatted(transaction.networkId(), networkId));
        }
        // Rule: it is not mined above validUntil.
        if (transaction.isExpiredAt(height)) {
            return invalid(
                    index,
                    transaction,
                    RejectionReason.EXPIRED,
                    "it is valid until height " + transaction.validUntil() + ", the block has height " + height);
        }
        // Rule: it pays the genesis' minimum fee.
        if (transaction.fee().isLessThan(genesis.minimumFee())) {
            return invalid(
                    index,
                    transaction,
                    RejectionReason.FEE_BELOW_MINIMUM,
                    "its fee is " + transaction.fee() + ", the genesis asks for " + genesis.minimumFee());
        }
        return Optional.empty();
    }

    /**
     * A block with such a transaction is its miner's fault whatever the transaction alone would be, so the block's reason
     * is always the same, and the sentence names the transaction's.
     */
    static Optional<Rejection> invalid(int index, Transaction transaction, RejectionReason why, String detail) {
        return rejected(
                RejectionReason.INVALID_TRANSACTION,
                "transaction " + index + " (" + transaction.id() + ") is refused as " + why.code() + ": " + detail);
    }

    static Optional<Rejection> rejected(RejectionReason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
