package dev.rensa.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.CompactTarget;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NonceSearchTest {

    @Test
    void shouldFindTheFirstNonceThatMeetsTheTarget() {
        for (String bits : new String[] {"207fffff", "200fffff", "2000ffff", "1f07ffff"}) {
            BlockHeader header = header(CompactTarget.fromHex(bits));
            long expected = LongStream.iterate(0, nonce -> nonce + 1)
                    .filter(nonce ->
                            header.target().isMetBy(header.withNonce(nonce).hash()))
                    .findFirst()
                    .orElseThrow();

            assertThat(NonceSearch.search(header, 0, expected + 1)).hasValue(expected);
            assertThat(NonceSearch.search(header, 0, expected)).isEmpty();
            assertThat(NonceSearch.search(header, expected, 1)).hasValue(expected);
        }
    }

    @Test
    void shouldNotPassTheLastNonce() {
        OptionalLong found =
                NonceSearch.search(header(CompactTarget.fromTarget(BigInteger.ONE)), Long.MAX_VALUE - 3, 1_000);

        assertThat(found).isEmpty();
    }

    private static BlockHeader header(CompactTarget target) {
        return new BlockHeader(7, BlockHash.ZERO, Hash.ZERO, Hash.ZERO, 1_000, target, PublicKey.ZERO, 0);
    }
}
