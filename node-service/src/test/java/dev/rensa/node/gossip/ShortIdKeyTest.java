package dev.rensa.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import org.junit.jupiter.api.Test;

class ShortIdKeyTest {

    private static final BlockHash BLOCK =
            BlockHash.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final TransactionId TRANSACTION =
            TransactionId.fromHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    private static final long SALT = 0x0123_4567_89ab_cdefL;

    /** The example of docs/protocol-peers.md, section 8. */
    @Test
    void shouldKeepToTheWorkedExample() {
        ShortIdKey key = ShortIdKey.of(BLOCK, SALT);

        assertThat(key).isEqualTo(new ShortIdKey(0x3dad27baf0b2f7ffL, 0x97f898422b4b4b4bL));
        assertThat(key.shortId(TRANSACTION)).isEqualTo(0xf2e64c8a74dcbdbaL);
    }

    @Test
    void shouldGiveOtherIdsUnderAnotherSaltOrBlock() {
        long id = ShortIdKey.of(BLOCK, SALT).shortId(TRANSACTION);

        assertThat(ShortIdKey.of(BLOCK, SALT + 1).shortId(TRANSACTION)).isNotEqualTo(id);
        assertThat(ShortIdKey.of(BlockHash.ZERO, SALT).shortId(TRANSACTION)).isNotEqualTo(id);
    }
}
