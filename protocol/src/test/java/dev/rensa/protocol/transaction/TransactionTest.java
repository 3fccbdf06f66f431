package dev.rensa.protocol.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final BlockHash NETWORK = DevelopmentGenesis.get().networkHash();

    @Test
    void shouldBeTheSameAfterEncodingAndDecoding() {
        Transaction transaction = sign("気をつけて");

        Transaction decoded = Transaction.decode(transaction.toBytes());

        assertThat(decoded).isEqualTo(transaction);
        assertThat(decoded.id()).isEqualTo(transaction.id());
        assertThat(decoded.body()).isEqualTo(transaction.body());
        assertThat(decoded.memo()).isEqualTo("気をつけて");
    }

    @Test
    void shouldHoldOnTheNetworkItWasSignedForAndOnNoOther() {
        Transaction transaction = sign("");

        assertThat(transaction.size()).isEqualTo(Transaction.MIN_BYTES);
        assertThat(transaction.isSignedFor(NETWORK)).isTrue();
        assertThat(transaction.isSignedFor(BlockHash.ZERO)).isFalse();
    }

    @Test
    void shouldTellItsSizeWhateverIsWrongWithIt() {
        byte[] bytes = sign("memo").toBytes();
        byte[] shifted = new byte[bytes.length + 3];
        System.arraycopy(bytes, 0, shifted, 3, bytes.length);
        Arrays.fill(shifted, 3 + 1 + 4, 3 + 1 + 4 + 32, (byte) 0xff);

        assertThat(Transaction.sizeAt(shifted, 3)).hasValue(Transaction.MIN_BYTES + 4);
        assertThat(Transaction.sizeAt(shifted, 0)).isEmpty();
        assertThat(Transaction.sizeAt(shifted, 4)).isEmpty();
        assertThat(Transaction.sizeAt(Arrays.copyOf(shifted, shifted.length - 1), 3))
                .isEmpty();
    }

    private static Transaction sign(String memo) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        PrivateKey key = PrivateKey.of(secret);
        return new TransferBody(
                        Genesis.networkId(NETWORK),
                        key.publicKey(),
                        3,
                        key.publicKey(),
                        Amount.ofCoins(1),
                        Amount.ofMon(10),
                        0,
                        memo)
                .sign(key, NETWORK, new byte[32]);
    }
}
