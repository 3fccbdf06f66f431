package dev.rensa.node.fuzz;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.transaction.Transaction;

/** Transactions as clients and peers send them; nobody's signature comes about by chance. */
public final class TransactionFuzz {
    private static final BlockHash NETWORK = DevelopmentGenesis.get().networkHash();

    private TransactionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.roundTrip(input, Transaction::decode, Transaction::toBytes);
        try {
            if (Transaction.decode(input).isSignedFor(NETWORK)) {
                throw new AssertionError("a forged signature");
            }
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
        }
    }
}
