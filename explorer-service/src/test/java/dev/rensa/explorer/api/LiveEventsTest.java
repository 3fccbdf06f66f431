package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.explorer.api.LiveEvents.Event;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveEventsTest {

    private final LiveEvents events = new LiveEvents(new ObjectMapper(), 7);
    private final List<Event> heard = new ArrayList<>();

    @Test
    void shouldTellWhoListensAndKeepTypesApart() {
        listen(Set.of("block"), null);

        events.publish("tip", 1);
        events.publish("block", 2);
        events.keepAlive();

        assertThat(heard)
                .containsExactly(
                        new Event("7-0", null, "events follow"),
                        new Event("7-2", "block", "2"),
                        new Event("7-2", null, "events follow"));
    }

    @Test
    void shouldFlashOnlyToThoseWhoNameTheKindAndKeepNothingOfIt() {
        listen(Set.of(), null);
        events.flash("arrival", 1);
        assertThat(names()).isEmpty();

        listen(Set.of("arrival"), null);
        events.flash("arrival", 2);
        events.publish("block", 3);
        assertThat(names()).containsExactly("arrival 2", "block 3");

        heard.clear();
        listen(Set.of("arrival", "block"), "7-0");
        assertThat(names()).containsExactly("block 3");
    }

    @Test
    void shouldGiveAClientThatComesBackWhatItMissedOnce() {
        events.publish("block", 1);
        events.publish("block", 2);
        events.publish("tip", 3);

        listen(Set.of(), "7-1");
        events.publish("block", 4);

        assertThat(names()).containsExactly("block 2", "tip 3", "block 4");
    }

    @Test
    void shouldTellOfAGapWhereItCannotGoOn() {
        for (int i = 0; i < LiveEvents.MAX_KEPT + 5; i++) {
            events.publish("tip", i);
        }

        for (String id : List.of("7-4", "6-1", "7-99999999", "nonsense")) {
            heard.clear();
            listen(Set.of(), id).cancel();
            assertThat(names()).as(id).containsExactly("gap {}");
        }
        heard.clear();
        listen(Set.of(), "7-5").cancel();
        assertThat(names()).hasSize(LiveEvents.MAX_KEPT);
    }

    @Test
    void shouldForgetClientsThatLeaveAndBoundThoseThatStay() {
        listen(Set.of(), null).cancel();
        assertThat(events.clientCount()).isZero();

        for (int i = 0; i < LiveEvents.MAX_CLIENTS; i++) {
            listen(Set.of(), null);
        }
        assertThatThrownBy(() -> listen(Set.of(), null)).isInstanceOf(ProblemException.class);
    }

    private Cancellable listen(Set<String> types, @Nullable String lastId) {
        return events.listen(types, lastId).subscribe().with(heard::add);
    }

    private List<String> names() {
        return heard.stream()
                .filter(event -> event.name() != null)
                .map(event -> Objects.requireNonNull(event.name()) + " " + event.json())
                .toList();
    }
}
