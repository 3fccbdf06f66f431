package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BanListTest {

    private static final long BAN_MILLIS = 600_000;

    private final AtomicLong nowMillis = new AtomicLong(1_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
    private final BanList bans = new BanList(clock, BAN_MILLIS);

    @Test
    void shouldBanAKeyForAWhile() {
        NodeKey key = PeerNode.identity(1).nodeKey();

        bans.ban(key);

        assertThat(bans.isBanned(key)).isTrue();
        assertThat(bans.isBanned(PeerNode.identity(2).nodeKey())).isFalse();
        nowMillis.addAndGet(BAN_MILLIS);
        assertThat(bans.isBanned(key)).isFalse();
    }

    @Test
    void shouldSlowAnAddressAfterSomeBadHandshakesOnly() {
        for (int i = 1; i < BanList.BAD_HANDSHAKES_UNTIL_SLOWED; i++) {
            bans.badHandshake("10.0.0.1");
        }
        assertThat(bans.mayCome("10.0.0.1")).isTrue();

        bans.badHandshake("10.0.0.1");

        assertThat(bans.mayCome("10.0.0.1")).isFalse();
        nowMillis.addAndGet(BanList.SLOWED_MILLIS);
        assertThat(bans.mayCome("10.0.0.1")).as("others may share the address").isTrue();
        assertThat(bans.mayCome("10.0.0.1")).isFalse();
        nowMillis.addAndGet(BAN_MILLIS);
        assertThat(bans.mayCome("10.0.0.1")).isTrue();
        assertThat(bans.mayCome("10.0.0.1")).isTrue();
    }

    @Test
    void shouldNeverSlowTheMachineItself() {
        for (int i = 0; i < 2 * BanList.BAD_HANDSHAKES_UNTIL_SLOWED; i++) {
            bans.badHandshake("127.0.0.1");
            bans.badHandshake("::1");
        }

        assertThat(bans.mayCome("127.0.0.1")).isTrue();
        assertThat(bans.mayCome("::1")).isTrue();
    }

    @Test
    void shouldKeepAKeysScoreOverItsConnections() {
        NodeKey key = PeerNode.identity(1).nodeKey();

        assertThat(bans.scoreOf(key).add(60)).isFalse();

        assertThat(bans.scoreOf(key).add(60)).isTrue();
        assertThat(bans.scoreOf(PeerNode.identity(2).nodeKey()).points()).isZero();
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        NodeKey first = PeerNode.identity(1).nodeKey();
        for (int i = 1; i <= BanList.MAX_ENTRIES; i++) {
            bans.ban(PeerNode.identity(i).nodeKey());
        }
        assertThat(bans.isBanned(first)).isTrue();

        bans.ban(PeerNode.identity(BanList.MAX_ENTRIES + 1).nodeKey());

        assertThat(bans.isBanned(first)).isFalse();
    }
}
