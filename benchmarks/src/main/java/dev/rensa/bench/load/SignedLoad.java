package dev.rensa.bench.load;

import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Transfers that were signed beforehand, in packed batches. They are numbered in the order in which they are sent: number
 * {@code s} is of sender {@code s mod senders} and has nonce {@code s div senders}, so that a transfer found in a block
 * tells its number.
 */
public final class SignedLoad {

    private final List<FundedAccount> senders;
    private final int batchSize;
    private final byte[][] batches;

    private SignedLoad(List<FundedAccount> senders, int batchSize, byte[][] batches) {
        this.senders = senders;
        this.batchSize = batchSize;
        this.batches = batches;
    }

    /** Signs {@code batches} batches of {@code batchSize} transfers on all cores; each sender pays the next one. */
    public static SignedLoad sign(Genesis genesis, List<FundedAccount> senders, int batches, int batchSize) {
        byte[][] packed = new byte[batches][batchSize * Transaction.MIN_BYTES];
        BlockHash network = genesis.networkHash();
        int total = Math.multiplyExact(batches, batchSize);
        IntStream.range(0, senders.size()).parallel().forEach(sender -> {
            PublicKey recipient = senders.get((sender + 1) % senders.size()).publicKey();
            for (int number = sender; number < total; number += senders.size()) {
                byte[] bytes = senders.get(sender)
                        .transfer(network, recipient, Amount.ofMon(1), Amount.ofMon(1))
                        .toBytes();
                int offset = number % batchSize * Transaction.MIN_BYTES;
                System.arraycopy(bytes, 0, packed[number / batchSize], offset, bytes.length);
            }
        });
        return new SignedLoad(List.copyOf(senders), batchSize, packed);
    }

    public List<FundedAccount> senders() {
        return senders;
    }

    public int batches() {
        return batches.length;
    }

    public int batchSize() {
        return batchSize;
    }

    public int total() {
        return batches.length * batchSize;
    }

    /** The packed transfers of a batch; not to be modified. */
    public byte[] batch(int index) {
        return batches[index];
    }

    /** The canonical bytes of one transfer. */
    public byte[] transfer(int number) {
        int offset = number % batchSize * Transaction.MIN_BYTES;
        return Arrays.copyOfRange(batches[number / batchSize], offset, offset + Transaction.MIN_BYTES);
    }

    /** The number of the transfer with which a sender of this load spends a nonce. */
    public long numberOf(int sender, long nonce) {
        return nonce * senders.size() + sender;
    }
}
