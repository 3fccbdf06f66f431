package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block's body as it travels and is stored: a u31 count and the transactions. Nobody has looked into it yet, so its form
 * may be wrong: it is read where its signatures are checked, on all cores.
 */
public final class EncodedBody {

    private final BlockHash block;
    private final byte[] transactions;

    /** Takes the array without copying it; nobody may change it any more. */
    public EncodedBody(BlockHash block, byte[] transactions) {
        this.block = block;
        this.transactions = transactions;
    }

    /** Whose body this is said to be. */
    public BlockHash block() {
        return block;
    }

    /** The bytes themselves, not a copy; not to be changed. */
    public byte[] transactions() {
        return transactions;
    }

    /** Length of the transactions in bytes, their count included. */
    public int size() {
        return transactions.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EncodedBody that
                && block.equals(that.block)
                && Arrays.equals(transactions, that.transactions);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    @Override
    public String toString() {
        return "EncodedBody[" + block + ", " + transactions.length + " bytes]";
    }
}
