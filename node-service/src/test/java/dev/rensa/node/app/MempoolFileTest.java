package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a mempool between two runs of a node, and while it runs. */
class MempoolFileTest {
    private static final TestNetwork NETWORK = TestNetwork.ofAccounts(3, 7);
    private static final List<Transaction> WAITING = List.of(transfer(0, 0), transfer(0, 1), transfer(1, 0));

    @TempDir
    private Path directory;

    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final Timers clock = (delay, task) -> {
        assertThat(delay).isEqualTo(MempoolSaver.PAUSE_MILLIS);
        timers.add(task);
        return () -> {};
    };

    @Test
    void shouldGiveBackWhatWasSaved() {
        file(1).save(WAITING);
        assertThat(file(1).load()).isEqualTo(WAITING);

        file(1).save(List.of());
        assertThat(file(1).load()).isEmpty();
    }

    @Test
    void shouldBeginEmptyWhereTheFileIsOfAnotherNetworkOrVersionOrNoneAtAll() throws IOException {
        file(1).save(WAITING);
        assertThat(file(2).load()).isEmpty();

        byte[] newer = Files.readAllBytes(path());
        newer[9] = 2;
        Files.write(path(), newer);
        assertThat(file(1).load()).isEmpty();

        Files.write(path(), WAITING.getFirst().toBytes());
        assertThat(file(1).load()).isEmpty();
        Files.write(path(), new byte[3]);
        assertThat(file(1).load()).isEmpty();
        Files.delete(path());
        assertThat(file(1).load()).isEmpty();
    }

    @Test
    void shouldGiveBackWhatStandsBeforeATornEnd() throws IOException {
        file(1).save(WAITING);
        Files.write(path(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        assertThat(file(1).load()).isEqualTo(WAITING);
    }

    @Test
    void shouldLeaveNoPartOfAFileWhereItCannotSave() throws IOException {
        Files.createDirectories(path().resolve("in the way"));

        file(1).save(WAITING);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void shouldNotReplaceWhatWasSavedLast() {
        MempoolFile file = file(1);
        file.saveLast(WAITING);

        file.save(List.of());

        assertThat(file.load()).isEqualTo(WAITING);
    }

    @Test
    void shouldSaveWhileTheNodeRunsAndOnlyWhatChanged() {
        List<List<Transaction>> saved = new ArrayList<>();
        List<Transaction> waiting = new ArrayList<>();
        long[] changes = {0};
        new MempoolSaver(clock, BackgroundWork.AT_ONCE, () -> changes[0], () -> List.copyOf(waiting), saved::add)
                .begin();
        timers.remove().run();
        assertThat(saved).as("nothing has come").isEmpty();

        waiting.addAll(WAITING);
        changes[0] += WAITING.size();
        timers.remove().run();
        timers.remove().run();

        assertThat(saved).containsExactly(WAITING);
        assertThat(timers).hasSize(1);
    }

    @Test
    void shouldSaveAgainWhatWasNotJudgedSinceTheStart() {
        MempoolRestore restore = new MempoolRestore();
        Queue<Runnable> writer = new ArrayDeque<>();
        List<Consumer<List<Admission>>> judges = new ArrayList<>();
        Transaction fresh = transfer(2, 0);

        restore.begin(WAITING, writer::add, (_, whenDone) -> judges.add(whenDone));
        assertThat(restore.with(List.of(fresh)))
                .as("before the writer comes to it")
                .containsExactly(fresh, WAITING.get(0), WAITING.get(1), WAITING.get(2));
        writer.remove().run();
        assertThat(restore.with(WAITING)).as("while signatures are checked").isEqualTo(WAITING);

        judges.removeFirst().accept(List.of());
        assertThat(restore.with(List.of(fresh))).containsExactly(fresh);
    }

    private Path path() {
        return directory.resolve("mempool.dat");
    }

    private MempoolFile file(int networkId) {
        return new MempoolFile(directory, networkId);
    }

    private static Transaction transfer(int sender, long nonce) {
        return NETWORK.transfer(sender, nonce, TestNetwork.account(9), 1, 1);
    }
}
