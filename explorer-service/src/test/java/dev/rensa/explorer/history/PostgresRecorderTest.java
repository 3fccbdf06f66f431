package dev.rensa.explorer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestPostgres;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.index.TestDatabase;
import dev.rensa.explorer.passport.PassportBook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, and with two explorers there. */
class PostgresRecorderTest extends RecorderTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int ROUNDS = 200;
    private static final int BOUND_SECONDS = 20;

    private final DataSource source = TestPostgres.shared().database();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    TestDatabase database() {
        return TestDatabase.of(source);
    }

    @Test
    void shouldLeaveItToItsSuccessorWhenItLosesTheLease() {
        Recorder sleeper = explorer();
        Recorder heir = explorer();
        tellBoth(sleeper, heir, "before");
        sleeper.write();
        heir.write();
        assertThat(names()).containsExactly("before");

        // The sleeper believes that it still may write, and finds out while it does.
        TestDatabase.of(source).letTheLeaseEnd();
        tellBoth(sleeper, heir, "between");
        nanos.addAndGet(LEASE.toNanos());
        heir.write();
        nanos.addAndGet(-LEASE.toNanos());
        sleeper.write();
        assertThat(names()).containsExactly("before", "between");

        tellBoth(sleeper, heir, "behind");
        nanos.addAndGet(LEASE.toNanos());
        sleeper.write();
        heir.write();
        assertThat(names()).containsExactly("before", "between", "behind");
    }

    @Test
    void shouldAddWhatItsPredecessorSawLast() {
        Recorder dead = explorer();
        Recorder heir = explorer();
        tellBoth(dead, heir, "kept");
        dead.write();
        heir.write();
        heir.told("too long ago", "{}");
        clock.addAndGet(Recorder.OVERLAP_MILLIS + 1);
        tellBoth(dead, heir, "seen by the dead, not kept");
        heir.write();

        TestDatabase.of(source).letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        heir.write();

        assertThat(names()).containsExactly("kept", "seen by the dead, not kept");
    }

    /** Two writes while it is away: the second one does not ask, and must not believe that another explorer writes. */
    @Test
    void shouldLoseNothingWhileTheDatabaseIsAway() {
        TestDatabase own = TestDatabase.of(source);
        Recorder writer = recorder(own.history(LEASE, nanos::get));
        writer.told("before", "{}");
        writer.write();

        own.beAway(true);
        nanos.addAndGet(LEASE.toNanos());
        clock.addAndGet(1);
        writer.told("meanwhile", "{}");
        stamp(passports, 1);
        assertThatThrownBy(writer::write).isInstanceOf(IndexStoreException.class);
        clock.addAndGet(Recorder.OVERLAP_MILLIS + 1);
        assertThatThrownBy(writer::write).isInstanceOf(IndexStoreException.class);
        own.beAway(false);
        nanos.addAndGet(LEASE.toNanos());
        writer.write();

        assertThat(names()).containsExactly("before", "meanwhile");
        assertThat(own.history().stamps(id(1))).hasSize(1);
    }

    /** It never saw the other one write: for all it knows it has been the writer all along. */
    @Test
    void shouldTellNothingTwiceThatAnotherOneKeptWhileTheDatabaseWasAwayForThisOne() {
        TestDatabase own = TestDatabase.of(source);
        TestDatabase others = TestDatabase.of(source);
        PassportBook otherBook = new PassportBook(10);
        Recorder returning = recorder(own.history(LEASE, nanos::get));
        Recorder other = recorder(others.history(LEASE, nanos::get), otherBook);
        tellBoth(returning, other, "before");
        returning.write();
        other.write();

        own.beAway(true);
        tellBoth(returning, other, "meanwhile");
        stamp(passports, 1);
        stamp(otherBook, 1);
        assertThatThrownBy(returning::write).isInstanceOf(IndexStoreException.class);
        others.letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        clock.addAndGet(Recorder.OVERLAP_MILLIS + 1);
        tellBoth(returning, other, "later");
        stamp(passports, 2);
        stamp(otherBook, 2);
        other.write();
        others.letTheLeaseEnd();
        own.beAway(false);
        tellBoth(returning, other, "behind");
        stamp(passports, 3);
        nanos.addAndGet(LEASE.toNanos());
        returning.write();

        assertThat(names()).containsExactly("before", "meanwhile", "later", "behind");
        HistoryStore store = own.history();
        assertThat(store.stamps(id(1))).hasSize(1);
        assertThat(store.stamps(id(2))).hasSize(1);
        assertThat(store.stamps(id(3))).hasSize(1);
    }

    /** The index shares the right and may have taken it anew between the choice of notes and their writing. */
    @Test
    void shouldKeepNothingThatWasChosenInATermThatIsOver() {
        HistoryStore own = TestDatabase.of(source).history(LEASE, nanos::get);
        assertThat(own.mayWrite()).isTrue();
        long former = own.term();
        Recorder other = explorer();
        other.told("meanwhile", "{}");
        TestDatabase.of(source).letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        other.write();
        TestDatabase.of(source).letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        assertThat(own.mayWrite()).isTrue();

        Notes notes = new Notes(
                "notes",
                TestNetwork.HASH,
                clock.get(),
                List.of(new Told(0, clock.get(), "meanwhile", "{}")),
                List.of(),
                Map.of());

        assertThat(own.keep(notes, new Bounds(0, 10), former)).isFalse();
        assertThat(own.keep(notes, new Bounds(0, 10), own.term())).isTrue();
        assertThat(names()).containsExactly("meanwhile", "meanwhile");
    }

    /** Both hold the lease's row for a moment and ask the lease: neither may wait for the other with what it needs. */
    @Test
    void shouldLetTheIndexAndTheHistoryWriteBesideEachOther() throws Exception {
        HistoryStore own = TestDatabase.of(source).history(LEASE, System::nanoTime);
        assertThat(own.mayWrite()).isTrue();
        long term = own.term();
        FutureTask<Boolean> looks = new FutureTask<>(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                own.forget(new Bounds(0, 10));
            }
            return true;
        });
        Thread.ofPlatform().daemon().start(looks);
        for (int i = 0; i < ROUNDS; i++) {
            Notes notes = new Notes("notes-" + i, TestNetwork.HASH, clock.get(), List.of(), List.of(), Map.of());
            assertThat(own.keep(notes, new Bounds(0, 10), term)).isTrue();
        }

        assertThat(looks.get(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldAddTheStampsThatItsPredecessorDidNotKeep() {
        PassportBook both = new PassportBook(10);
        Recorder dead = explorer();
        Recorder heir = recorder(TestDatabase.of(source).history(LEASE, nanos::get), both);
        dead.told("before", "{}");
        dead.write();
        stamp(both, 1);
        clock.addAndGet(Recorder.OVERLAP_MILLIS + 1);
        stamp(passports, 2);
        stamp(both, 2);
        dead.write();
        heir.write();
        stamp(both, 3);
        heir.write();

        TestDatabase.of(source).letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        heir.write();

        HistoryStore store = TestDatabase.of(source).history();
        assertThat(store.stamps(id(1))).as("too long ago").isEmpty();
        assertThat(store.stamps(id(2))).as("kept by the predecessor").hasSize(1);
        assertThat(store.stamps(id(3))).as("seen by the heir alone").hasSize(1);
    }

    private void tellBoth(Recorder one, Recorder other, String name) {
        clock.addAndGet(1);
        one.told(name, "{}");
        other.told(name, "{}");
    }

    /** A recorder as each process has one. */
    private Recorder explorer() {
        return recorder(TestDatabase.of(source).history(LEASE, nanos::get));
    }
}
