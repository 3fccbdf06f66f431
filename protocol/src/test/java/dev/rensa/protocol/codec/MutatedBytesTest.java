package dev.rensa.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.transaction.TransferBody;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes arrive, a decoder answers in one of two ways: a value whose encoding is these bytes again, or a {@link
 * MalformedException} with a reason. Run one seed again with {@code -Dseed=…}.
 */
class MutatedBytesTest {

    private static final int MUTATIONS = 10_000;

    private static final BlockHash NETWORK = DevelopmentGenesis.get().networkHash();
    private static final PrivateKey KEY = key();

    private final long seed = Long.getLong("seed", System.nanoTime());

    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed() {
        System.out.println("MutatedBytesTest -Dseed=" + seed);
    }

    @Test
    void shouldRefuseMutatedTransactionsOrReadThemExactly() {
        int refused = mutate(transaction(0).toBytes(), Transaction::decode, Transaction::toBytes);

        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldNeverAcceptTheSignatureOfAMutatedTransaction() {
        byte[] bytes = transaction(0).toBytes();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutation(bytes);
            if (Arrays.equals(mutated, bytes)) {
                continue;
            }
            try {
                assertThat(Transaction.decode(mutated).isSignedFor(NETWORK))
                        .as("seed %d, mutation %d", seed, i)
                        .isFalse();
            } catch (MalformedException e) {
                assertThat(e.rejection().detail()).isNotBlank();
            }
        }
    }

    @Test
    void shouldRefuseMutatedHeadersOrReadThemExactly() {
        int refused = mutate(block().header().toBytes(), BlockHeader::decode, BlockHeader::toBytes);

        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldRefuseMutatedBlocksOrReadThemExactly() {
        int refused = mutate(block().toBytes(), Block::decode, Block::toBytes);

        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void shouldRefuseAHugeCountBeforeItAllocates() {
        byte[] bytes = block().toBytes();
        // The count of transactions stands right behind the header: claim as many as a list may ever have.
        System.arraycopy(new ByteWriter(4).writeU31(Block.MAX_TRANSACTIONS).toBytes(), 0, bytes, BlockHeader.BYTES, 4);

        assertThatThrownBy(() -> Block.decode(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more elements than the bytes that are left");
    }

    private <T> int mutate(byte[] original, Function<byte[], T> decoder, Function<T, byte[]> encoder) {
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutation(original);
            try {
                assertThat(encoder.apply(decoder.apply(mutated)))
                        .as("seed %d, mutation %d", seed, i)
                        .isEqualTo(mutated);
            } catch (MalformedException e) {
                assertThat(e.rejection().reason()).isNotNull();
                refused++;
            } catch (RuntimeException e) {
                fail("seed %d, mutation %d: not a refusal but %s".formatted(seed, i, e), e);
            }
        }
        return refused;
    }

    /** Flips bits, overwrites with extreme bytes, cuts off, appends, or moves a piece. */
    private byte[] mutation(byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
                default -> System.arraycopy(bytes, at, bytes, random.nextInt(at + 1), bytes.length - at);
            }
        }
        return bytes;
    }

    private static Block block() {
        List<Transaction> transactions = List.of(transaction(0), transaction(1), transaction(2));
        return new Block(
                new BlockHeader(
                        7,
                        NETWORK,
                        Block.transactionsRoot(transactions),
                        Hash.ZERO,
                        1_767_225_605_000L,
                        DevelopmentGenesis.get().initialTarget(),
                        KEY.publicKey(),
                        42),
                transactions);
    }

    private static Transaction transaction(long nonce) {
        return new TransferBody(
                        Genesis.networkId(NETWORK),
                        KEY.publicKey(),
                        nonce,
                        KEY.publicKey(),
                        Amount.ofCoins(1),
                        Amount.ofMon(10),
                        500,
                        "memo — メモ")
                .sign(KEY, NETWORK, new byte[32]);
    }

    private static PrivateKey key() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 9);
        return PrivateKey.of(secret);
    }
}
