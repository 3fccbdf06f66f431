package dev.rensa.protocol.genesis;

import dev.rensa.protocol.crypto.BlockHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The network of a developer's machine. Its one allocation belongs to a key that everybody knows, so a node or a wallet
 * that runs in production refuses it.
 *
 * <p>The initial target is what three nodes under the default cap of 20,000 hashes a second meet once in five seconds;
 * the easiest target is what one of them meets alone in that time.
 */
public final class DevelopmentGenesis {

    /** BIP-39 mnemonic of the faucet, without a passphrase; its account is {@link #FAUCET_PATH}. */
    public static final String FAUCET_MNEMONIC =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    /** BIP-44 path of the faucet's key; coin type 1 is SLIP-44's for all test coins. */
    public static final String FAUCET_PATH = "m/44'/1'/0'/0/0";

    private static final Genesis GENESIS = GenesisDocument.parse(read());
    private static final BlockHash NETWORK_HASH = GENESIS.networkHash();

    private DevelopmentGenesis() {}

    public static Genesis get() {
        return GENESIS;
    }

    /** Whether a network with this block 0 is the development network. */
    public static boolean is(BlockHash networkHash) {
        return NETWORK_HASH.equals(networkHash);
    }

    private static String read() {
        try (InputStream stream = Objects.requireNonNull(
                DevelopmentGenesis.class.getResourceAsStream("development.json"),
                "development.json is packaged here")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
