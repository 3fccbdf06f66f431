package dev.rensa.protocol.block;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header with its transactions: the header's 160 bytes, a u32 count, the transactions in the order in which they are
 * applied. Form only; the rules of the chain are checked by nodes.
 */
public final class Block {

    /**
     * Most bytes of transactions that any network may allow in a block (32 MiB). A genesis chooses its own, lower limit;
     * this one bounds what a decoder accepts before it knows the network.
     */
    public static final int MAX_TRANSACTION_BYTES = 32 * 1024 * 1024;

    /** Most transactions in a block, by the smallest transaction there can be. */
    public static final int MAX_TRANSACTIONS = MAX_TRANSACTION_BYTES / Transaction.MIN_BYTES;

    private final BlockHeader header;
    private final BlockHash hash;
    private final List<Transaction> transactions;
    private final int transactionBytes;

    /** Worked out once, by whichever thread asks first; two that ask at once find the same. */
    private @Nullable Hash computedRoot;

    public Block(BlockHeader header, List<Transaction> transactions) {
        this.header = header;
        this.hash = header.hash();
        this.transactions = List.copyOf(transactions);
        int bytes = 0;
        for (Transaction transaction : this.transactions) {
            bytes = Math.addExact(bytes, transaction.size());
        }
        this.transactionBytes = bytes;
    }

    private Block(BlockHeader header, Block body) {
        this.header = header;
        this.hash = header.hash();
        this.transactions = body.transactions;
        this.transactionBytes = body.transactionBytes;
        this.computedRoot = body.computedRoot;
    }

    /** The same transactions under another header, as when its nonce is found; their root is not hashed again. */
    public Block withHeader(BlockHeader newHeader) {
        return new Block(newHeader, this);
    }

    /**
     * Decodes exactly one block.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static Block decode(byte[] bytes) {
        return ByteReader.decodeAll(bytes, Block::read);
    }

    /**
     * Reads one block; bytes may follow it.
     *
     * @throws MalformedException if the form is not canonical
     */
    public static Block read(ByteReader reader) {
        return new Block(BlockHeader.read(reader), readBody(reader));
    }

    /** Reads a body alone, as it is stored and sent beside a known header. */
    public static List<Transaction> readBody(ByteReader reader) {
        return reader.readList(MAX_TRANSACTIONS, Transaction.MIN_BYTES, Transaction::read);
    }

    /** Writes a body alone: a u32 count and the transactions. */
    public static void writeBody(ByteWriter writer, List<Transaction> transactions) {
        writer.writeList(transactions, (w, transaction) -> transaction.write(w));
    }

    /** The root that a header over these transactions must bear. */
    public static Hash transactionsRoot(List<Transaction> transactions) {
        return MerkleTree.root(transactions.stream().map(Transaction::id).toList());
    }

    /** {@link #transactionsRoot(List)} of this block's own transactions; a block is right only if its header bears it. */
    public Hash computedRoot() {
        Hash root = computedRoot;
        if (root == null) {
            root = transactionsRoot(transactions);
            computedRoot = root;
        }
        return root;
    }

    public void write(ByteWriter writer) {
        header.write(writer);
        writeBody(writer, transactions);
    }

    /** The canonical bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(size());
        write(writer);
        return writer.toBytes();
    }

    /** Length of the canonical bytes. */
    public int size() {
        return BlockHeader.BYTES + Integer.BYTES + transactionBytes;
    }

    /** Bytes of the transactions alone, which the genesis limits. */
    public int transactionBytes() {
        return transactionBytes;
    }

    public BlockHeader header() {
        return header;
    }

    public BlockHash hash() {
        return hash;
    }

    public long height() {
        return header.height();
    }

    /** In the order in which they are applied; immutable. */
    public List<Transaction> transactions() {
        return transactions;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Block that && hash.equals(that.hash) && transactions.equals(that.transactions);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "Block[" + header.height() + " " + hash + ", " + transactions.size() + " transactions]";
    }
}
