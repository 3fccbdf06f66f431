package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may make a large answer, and who waits. */
class DearAnswersTest {
    private final DearAnswers answers = new DearAnswers(2, 2);
    private final List<String> granted = new ArrayList<>();

    @Test
    void shouldGrantInTurnAsRoomComesFree() {
        DearAnswers.Ticket first = ask("first");
        DearAnswers.Ticket second = ask("second");
        DearAnswers.Ticket third = ask("third");
        DearAnswers.Ticket fourth = ask("fourth");
        assertThat(first.isGranted() && second.isGranted()).isTrue();
        assertThat(answers.isWaitedFor()).isTrue();
        assertThat(granted).isEmpty();

        second.release();
        second.release();
        assertThat(granted).containsExactly("third");
        first.release();

        assertThat(granted).containsExactly("third", "fourth");
        assertThat(third.isGranted() && fourth.isGranted()).isTrue();
        assertThat(answers.isWaitedFor()).isFalse();
    }

    @Test
    void shouldLetOnlySoManyWait() {
        List.of("first", "second", "third").forEach(this::ask);
        DearAnswers.Ticket fourth = ask("fourth");
        assertThat(answers.ask(() -> granted.add("fifth"))).isEmpty();

        assertThat(fourth.giveUp()).isTrue();

        assertThat(answers.ask(() -> granted.add("fifth"))).isPresent();
    }

    @Test
    void shouldForgetWhoGaveUp() {
        DearAnswers.Ticket first = ask("first");
        ask("second");
        DearAnswers.Ticket third = ask("third");
        assertThat(first.giveUp()).isFalse();
        assertThat(third.giveUp()).isTrue();

        first.release();
        third.release();

        assertThat(granted).isEmpty();
        assertThat(ask("fourth").isGranted()).isTrue();
        assertThat(ask("fifth").isGranted()).isFalse();
    }

    private DearAnswers.Ticket ask(String name) {
        return answers.ask(() -> granted.add(name)).orElseThrow();
    }
}
