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
    void shouldBanAnAddressAfterSomeBadHandshakesOnly() {
        for (int i = 1; i < BanList.BAD_HANDSHAKES_UNTIL_BAN; i++) {
            bans.badHandshake("10.0.0.1");
        }
        assertThat(bans.isBanned("10.0.0.1")).isFalse();

        bans.badHandshake("10.0.0.1");

        assertThat(bans.isBanned("10.0.0.1")).isTrue();
        nowMillis.addAndGet(BAN_MILLIS);
        assertThat(bans.isBanned("10.0.0.1")).isFalse();
    }

    @Test
    void shouldNeverBanTheMachineItself() {
        for (int i = 0; i < 2 * BanList.BAD_HANDSHAKES_UNTIL_BAN; i++) {
            bans.badHandshake("127.0.0.1");
            bans.badHandshake("::1");
        }

        assertThat(bans.isBanned("127.0.0.1")).isFalse();
        assertThat(bans.isBanned("::1")).isFalse();
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
