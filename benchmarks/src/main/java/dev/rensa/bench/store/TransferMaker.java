package dev.rensa.bench.store;

import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Transfers in the order of their numbers: number {@code n} is of sender {@code n mod senders} and pays recipient
 * {@code n mod recipients}, so that every recipient gets its turn. The same number gives the same transfer.
 */
public final class TransferMaker {

    /** Bytes that look like a signature: for stores whose signatures nobody checks. */
    private static final int SIGNATURE_WORDS = 2;

    private final BlockHash network;
    private final List<FundedAccount> senders;
    private final long recipients;

    public TransferMaker(Genesis genesis, List<FundedAccount> senders, long recipients) {
        this.network = genesis.networkHash();
        this.senders = List.copyOf(senders);
        this.recipients = recipients;
    }

    /** Transfers with good signatures, made on all cores. Each range is to be asked for once, in ascending order. */
    public List<Transaction> signed(long from, int count) {
        int width = senders.size();
        Transaction[] made = new Transaction[count];
        IntStream.range(0, width).parallel().forEach(sender -> {
            long first = from + Math.floorMod(sender - from, (long) width);
            for (long number = first; number < from + count; number += width) {
                made[(int) (number - from)] = senders.get(sender)
                        .transfer(network, recipient(number % recipients), Amount.ofMon(1), Amount.ofMon(1));
            }
        });
        return List.of(made);
    }

    /** Transfers whose signatures hold for nothing, which cost a hash instead of a signature. */
    public List<Transaction> unsigned(long from, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> unsigned(from + i))
                .toList();
    }

    private Transaction unsigned(long number) {
        byte[] filler = new byte[SIGNATURE_WORDS * Sha256.LENGTH];
        for (int word = 0; word < SIGNATURE_WORDS; word++) {
            System.arraycopy(hash("filler", number + word), 0, filler, word * Sha256.LENGTH, Sha256.LENGTH);
        }
        FundedAccount sender = senders.get((int) (number % senders.size()));
        return new TransferBody(
                        Genesis.networkId(network),
                        sender.publicKey(),
                        number / senders.size(),
                        recipient(number % recipients),
                        Amount.ofMon(1),
                        Amount.ofMon(1),
                        0,
                        "")
                .withSignature(Signature.of(filler));
    }

    /** An account that nobody holds the key of. */
    private static PublicKey recipient(long number) {
        return PublicKey.of(hash("account", number));
    }

    private static byte[] hash(String what, long number) {
        return Sha256.hash(
                what.getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
