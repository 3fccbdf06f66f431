package dev.rensa.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private final RecentIds ids = new RecentIds(10, 99);

    @Test
    void shouldSayWhetherAnIdIsNew() {
        assertThat(ids.add(1)).isTrue();
        assertThat(ids.add(1)).isFalse();
        assertThat(ids.contains(1)).isTrue();
        assertThat(ids.contains(2)).isFalse();
    }

    @Test
    void shouldRememberTheLastHalfOfItsCapacityForCertain() {
        for (int i = 0; i < 1_000; i++) {
            ids.add(i);

            for (int recent = Math.max(0, i - 4); recent <= i; recent++) {
                assertThat(ids.contains(recent)).isTrue();
            }
        }
        assertThat(ids.contains(980)).isFalse();
    }

    @Test
    void shouldForgetWhatIsRemoved() {
        for (int i = 0; i < 7; i++) {
            ids.add(i);
        }

        ids.remove(0);
        ids.remove(6);

        assertThat(ids.contains(0)).isFalse();
        assertThat(ids.contains(6)).isFalse();
        assertThat(ids.add(0)).isTrue();
    }
}
