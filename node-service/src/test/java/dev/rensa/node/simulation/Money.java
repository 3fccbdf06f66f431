package dev.rensa.node.simulation;

import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.protocol.work.CompactTarget;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The accounts of a simulated network, its rules, and signing. Nobody else ever has a coin. */
final class Money {

    static final long START_MILLIS = 1_700_000_000_000L;

    /** Accounts that have coins from the beginning: the first ones. */
    static final int FUNDED = 8;

    private static final int EMPTY = 4;
    private static final int MAX_MINERS = 64;
    private static final Amount ALLOCATION = Amount.ofCoins(1_000);
    private static final List<PrivateKey> KEYS = keys(1, FUNDED + EMPTY);
    private static final List<PublicKey> MINERS =
            keys(1_000, MAX_MINERS).stream().map(PrivateKey::publicKey).toList();

    private final Genesis genesis;
    private final int networkId;

    /** By height. */
    private final List<Amount> supplies = new ArrayList<>();

    Money(int maxBlockBytes) {
        // One hash in two meets the target: work is real and free. Halvings and checkpoints come often.
        CompactTarget easy = CompactTarget.fromHex("207fffff");
        genesis = new Genesis(
                "simulation",
                "sim",
                "SIM",
                START_MILLIS - 60_000,
                easy,
                easy,
                Retargeting.NONE,
                5_000,
                600_000,
                Amount.ofCoins(1),
                40,
                8,
                maxBlockBytes,
                Amount.ofMon(10),
                KEYS.subList(0, FUNDED).stream()
                        .map(key -> new Allocation(key.publicKey(), ALLOCATION))
                        .toList());
        networkId = Genesis.networkId(genesis.networkHash());
        supplies.add(genesis.allocations().stream().map(Allocation::amount).reduce(Amount.ZERO, Amount::plus));
    }

    Genesis genesis() {
        return genesis;
    }

    static PrivateKey account(int index) {
        return KEYS.get(index);
    }

    static int accounts() {
        return KEYS.size();
    }

    static PublicKey miner(int node) {
        return MINERS.get(node);
    }

    /** All who can ever have a coin in a network of so many nodes. */
    static List<PublicKey> everyone(int nodes) {
        List<PublicKey> everyone = new ArrayList<>(MINERS.subList(0, nodes));
        KEYS.forEach(key -> everyone.add(key.publicKey()));
        return everyone;
    }

    /** What must exist at a height, whoever has it. */
    Amount supplyAt(long height) {
        while (supplies.size() <= height) {
            supplies.add(supplies.getLast().plus(genesis.subsidyAt(supplies.size())));
        }
        return supplies.get((int) height);
    }

    Transaction sign(PrivateKey from, long nonce, PublicKey to, long amount, long fee, long validUntil) {
        TransferBody body = new TransferBody(
                networkId, from.publicKey(), nonce, to, Amount.ofMon(amount), Amount.ofMon(fee), validUntil, "");
        return body.sign(from, genesis.networkHash(), new byte[32]);
    }

    static PrivateKey key(long number) {
        return PrivateKey.of(ByteBuffer.allocate(32).putLong(24, number).array());
    }

    private static List<PrivateKey> keys(long first, int count) {
        List<PrivateKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key(first + i));
        }
        return List.copyOf(keys);
    }
}
