package dev.rensa.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.TransactionId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private final RecentIds ids = new RecentIds(10);

    @Test
    void shouldSayWhetherAnIdIsNew() {
        assertThat(ids.add(id(1))).isTrue();
        assertThat(ids.add(id(1))).isFalse();
        assertThat(ids.contains(id(1))).isTrue();
        assertThat(ids.contains(id(2))).isFalse();
    }

    @Test
    void shouldRememberTheLastHalfOfItsCapacityForCertain() {
        for (int i = 0; i < 1_000; i++) {
            ids.add(id(i));

            for (int recent = Math.max(0, i - 4); recent <= i; recent++) {
                assertThat(ids.contains(id(recent))).isTrue();
            }
        }
        assertThat(ids.contains(id(980))).isFalse();
    }

    @Test
    void shouldForgetWhatIsRemoved() {
        for (int i = 0; i < 7; i++) {
            ids.add(id(i));
        }

        ids.remove(id(0));
        ids.remove(id(6));

        assertThat(ids.contains(id(0))).isFalse();
        assertThat(ids.contains(id(6))).isFalse();
        assertThat(ids.add(id(0))).isTrue();
    }

    private static TransactionId id(int number) {
        return TransactionId.of(ByteBuffer.allocate(32).putInt(number).array());
    }
}
