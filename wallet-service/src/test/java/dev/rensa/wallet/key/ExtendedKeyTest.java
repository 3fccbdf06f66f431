package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ExtendedKeyTest {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /** Version 4, depth 1, fingerprint 4, child number 4, chain code 32, 0x00, key 32, checksum 4. */
    private static final int SERIALIZED_LENGTH = 82;

    private static final int CHAIN_CODE_AT = 13;
    private static final int KEY_AT = 46;

    @ParameterizedTest
    @CsvFileSource(resources = "bip32-vectors.csv")
    void shouldAgreeWithTheOfficialVectors(String seed, String path, String extendedKey) {
        ExtendedKey master = ExtendedKey.ofSeed(HexFormat.of().parseHex(seed));

        ExtendedKey derived = master.derive(numbers(path));

        assertThat(encode(derived)).isEqualTo(keyAndChainCode(extendedKey));
    }

    @Test
    void shouldLeadToTheDevelopmentFaucet() {
        String address = DevelopmentGenesis.get().addressPrefix();

        try (PrivateKey key = AccountKeys.derive(
                new WalletSecret(Mnemonic.parse(DevelopmentGenesis.FAUCET_MNEMONIC), new char[0]), 0)) {
            assertThat(AccountKeys.path(0)).isEqualTo(DevelopmentGenesis.FAUCET_PATH);
            assertThat(DevelopmentGenesis.get().allocations().getFirst().account())
                    .as("%s", new Address(address, key.publicKey()))
                    .isEqualTo(key.publicKey());
        }
    }

    @Test
    void shouldStayOutOfItsText() {
        assertThat(ExtendedKey.ofSeed(new byte[64])).hasToString("ExtendedKey[hidden]");
    }

    static String encode(ExtendedKey key) {
        return HexFormat.of().formatHex(key.chainCode())
                + HexFormat.of().formatHex(key.privateKey().toBytes());
    }

    static String keyAndChainCode(String base58) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < base58.length(); i++) {
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(BASE58.indexOf(base58.charAt(i))));
        }
        byte[] bytes = number.toByteArray();
        assertThat(bytes).hasSize(SERIALIZED_LENGTH);
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, CHAIN_CODE_AT, CHAIN_CODE_AT + 32))
                + HexFormat.of().formatHex(Arrays.copyOfRange(bytes, KEY_AT, KEY_AT + 32));
    }

    private static int[] numbers(String path) {
        return Arrays.stream(path.split("/", -1))
                .skip(1)
                .mapToInt(part -> part.endsWith("H")
                        ? Integer.parseInt(part.substring(0, part.length() - 1)) | ExtendedKey.HARDENED
                        : Integer.parseInt(part))
                .toArray();
    }
}
