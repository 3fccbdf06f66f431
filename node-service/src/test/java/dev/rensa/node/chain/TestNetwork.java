package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
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

/** A network on which every second hash is a block, with accounts that are rich from the beginning. */
public final class TestNetwork {
    /** The easiest target there is. */
    public static final CompactTarget EASIEST = CompactTarget.fromHex("207fffff");

    public static final long START_MILLIS = 1_700_000_000_000L;
    public static final long SPACING_MILLIS = 5_000;
    public static final Amount FORTUNE = Amount.ofCoins(1_000);

    private final Genesis genesis;
    private final BlockHash networkHash;
    private final List<PrivateKey> keys;

    private TestNetwork(Genesis genesis, List<PrivateKey> keys) {
        this.genesis = genesis;
        this.networkHash = genesis.networkHash();
        this.keys = keys;
    }

    /** Every block has the easiest target; a state root every {@code checkpointInterval} blocks. */
    public static TestNetwork ofAccounts(int accounts, long checkpointInterval) {
        return of(accounts, checkpointInterval, Retargeting.NONE, 0, 4 << 20);
    }

    /** The same, and others have something too. */
    public static TestNetwork ofAccounts(int accounts, long checkpointInterval, List<Allocation> others) {
        return of(accounts, checkpointInterval, Retargeting.NONE, 0, 4 << 20, others);
    }

    public static TestNetwork of(
            int accounts, long checkpointInterval, Retargeting retargeting, long minimumFee, int maxBlockBytes) {
        return of(accounts, checkpointInterval, retargeting, minimumFee, maxBlockBytes, List.of());
    }

    private static TestNetwork of(
            int accounts,
            long checkpointInterval,
            Retargeting retargeting,
            long minimumFee,
            int maxBlockBytes,
            List<Allocation> others) {
        List<PrivateKey> keys = new ArrayList<>();
        List<Allocation> allocations = new ArrayList<>(others);
        for (int i = 0; i < accounts; i++) {
            keys.add(key(i));
            allocations.add(new Allocation(key(i).publicKey(), FORTUNE));
        }
        Genesis genesis = new Genesis(
                "test",
                "tst",
                "TST",
                START_MILLIS,
                EASIEST,
                EASIEST,
                retargeting,
                SPACING_MILLIS,
                600_000,
                Amount.ofCoins(1),
                50,
                checkpointInterval,
                maxBlockBytes,
                Amount.ofMon(minimumFee),
                allocations);
        return new TestNetwork(genesis, keys);
    }

    /** The key with this number, whether it has an allocation or not. */
    public static PrivateKey key(int number) {
        return PrivateKey.of(
                ByteBuffer.allocate(32).putInt(28, number + 1).put(0, (byte) 1).array());
    }

    public static PublicKey account(int number) {
        return key(number).publicKey();
    }

    public Genesis genesis() {
        return genesis;
    }

    public BlockHash networkHash() {
        return networkHash;
    }

    public int networkId() {
        return Genesis.networkId(networkHash);
    }

    /** A signed transfer without a last height. */
    public Transaction transfer(int sender, long nonce, PublicKey recipient, long amountMon, long feeMon) {
        return sign(
                sender,
                new TransferBody(
                        networkId(),
                        account(sender),
                        nonce,
                        recipient,
                        Amount.ofMon(amountMon),
                        Amount.ofMon(feeMon),
                        0,
                        ""));
    }

    public Transaction sign(int sender, TransferBody body) {
        PrivateKey key = sender < keys.size() ? keys.get(sender) : key(sender);
        return body.sign(key, networkHash, new byte[32]);
    }
}
