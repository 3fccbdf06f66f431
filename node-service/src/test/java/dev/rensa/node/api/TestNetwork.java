package dev.rensa.node.api;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.genesis.Retargeting;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import dev.rensa.protocol.work.CompactTarget;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network of one node for the tests of the API: every hash but one in two is a block, blocks are mined by hand, and
 * some accounts own 1,000 coins each. A test takes accounts of its own, since all share the node.
 */
public final class TestNetwork implements QuarkusTestResourceLifecycleManager {

    public static final long FUNDS = 1_000 * Amount.MON_PER_COIN;
    public static final long MINIMUM_FEE = 5;

    private static final int ACCOUNTS = 80;
    private static final CompactTarget EASY = CompactTarget.fromHex("207fffff");

    public static final Genesis GENESIS = new Genesis(
            "API test network",
            "rns",
            "RNS",
            1_767_225_600_000L,
            EASY,
            EASY,
            Retargeting.NONE,
            5_000,
            600_000,
            Amount.ofCoins(1),
            1_000_000,
            100,
            1_048_576,
            Amount.ofMon(MINIMUM_FEE),
            IntStream.range(0, ACCOUNTS)
                    .mapToObj(i -> new Allocation(key(i).publicKey(), Amount.ofMon(FUNDS)))
                    .toList());

    public static final BlockHash NETWORK = GENESIS.networkHash();

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("rensa-node-test");
            Path genesisFile = directory.resolve("genesis.json");
            Files.writeString(genesisFile, GenesisDocument.of(GENESIS).toJson());
            return Map.of(
                    "rensa.data-dir", directory.resolve("data").toString(),
                    "rensa.genesis-file", genesisFile.toString(),
                    "rensa.name", "test-node",
                    "rensa.peer.port", "0",
                    "rensa.mining.mode", "manual",
                    "rensa.mempool.max-nonce-gap", "50");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The directory lies under the system's temporary one, which the system empties.
    }

    /** One of the funded accounts, or, from {@value #ACCOUNTS} on, one that owns nothing. */
    public static PrivateKey key(int number) {
        return PrivateKey.of(Sha256.hash(("test account " + number).getBytes(StandardCharsets.UTF_8)));
    }

    public static String address(PublicKey key) {
        return new Address(GENESIS.addressPrefix(), key).toString();
    }

    public static String address(int number) {
        return address(key(number).publicKey());
    }

    /** A transfer to a stranger. */
    public static Transaction transfer(int account, long nonce, long amount, long fee) {
        return transfer(account, nonce, amount, fee, 0);
    }

    public static Transaction transfer(int account, long nonce, long amount, long fee, long validUntil) {
        PrivateKey key = key(account);
        return new TransferBody(
                        Genesis.networkId(NETWORK),
                        key.publicKey(),
                        nonce,
                        key(999).publicKey(),
                        Amount.ofMon(amount),
                        Amount.ofMon(fee),
                        validUntil,
                        "test")
                .sign(key, NETWORK, new byte[32]);
    }
}
