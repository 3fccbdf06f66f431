package dev.rensa.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery with a clock that stands still and a network that is a function. */
class DiscoveryTest {

    private static final long INTERVAL_MILLIS = 20_000;
    private static final long BOUND_SECONDS = 20;
    private static final PeerAddress HERE = new PeerAddress("10.0.0.1", 7400);
    private static final PeerAddress THERE = new PeerAddress("10.0.0.2", 7400);
    private static final NodeKey KEY = new NodeKey(PublicKey.fromHex("77".repeat(32)));

    /** Jitter of nothing, and always the first choice. */
    private static final RandomGenerator NO_CHANCE = () -> 0;

    @TempDir
    private Path directory;

    private final List<PeerAddress> dialled = new ArrayList<>();
    private final List<PeerAddress> felt = new ArrayList<>();
    private Optional<Rejection> noPlace = Optional.empty();
    private final List<PeerLink> links = new ArrayList<>();
    private long nowMillis = 1_000_000;
    private Function<PeerAddress, CompletionStage<DialOutcome>> network = _ -> refused(RejectionReason.UNREACHABLE);

    @Test
    void shouldKeepTheReasonWhyACandidateIsNoPeer() {
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> refused(RejectionReason.WRONG_GENESIS);

        discovery.run();

        Candidate candidate = discovery.candidates().getFirst();
        assertThat(candidate.address()).isEqualTo(HERE);
        assertThat(candidate.source()).isEqualTo("static");
        assertThat(candidate.state()).isEqualTo(Candidate.State.REFUSED);
        assertThat(candidate.rejection()).contains(new Rejection(RejectionReason.WRONG_GENESIS, "because"));
        assertThat(candidate.lastAttemptMillis()).hasValue(nowMillis);
    }

    @Test
    void shouldNeverHaveTwoRunsAtOnce() {
        CompletableFuture<List<PeerAddress>> slow = new CompletableFuture<>();
        List<String> asked = new ArrayList<>();
        Discovery discovery = discovery(source("slow", () -> {
            asked.add("once");
            return slow;
        }));

        CompletionStage<Void> first = discovery.run();
        CompletionStage<Void> second = discovery.run();

        assertThat(second).isCompleted();
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(asked).hasSize(1);
        slow.complete(List.of());
        assertThat(first).isCompleted();
        discovery.run();
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldShowACandidateAsConnectingWhileItIsDialled() {
        CompletableFuture<DialOutcome> pending = new CompletableFuture<>();
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> pending;

        discovery.run();

        assertThat(discovery.candidates().getFirst().state()).isEqualTo(Candidate.State.CONNECTING);
        assertThat(discovery.isRunning()).isTrue();
        links.add(new FakeLink(KEY, HERE, true));
        pending.complete(new DialOutcome.Connected(KEY));
        assertThat(discovery.candidates().getFirst().state()).isEqualTo(Candidate.State.CONNECTED);
        assertThat(discovery.candidates().getFirst().nodeKey()).contains(KEY);
        assertThat(discovery.isRunning()).isFalse();
    }

    @Test
    void shouldDialWhoDidNotAnswerAtEveryRun() {
        Discovery discovery = discovery(source("static", HERE));

        runs(discovery, 10);

        assertThat(dialled).hasSize(10);
    }

    @Test
    void shouldAskEverMoreSeldomWhoRefuses() {
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> refused(RejectionReason.WRONG_GENESIS);
        List<Long> attempts = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            int before = dialled.size();
            discovery.run();
            if (dialled.size() > before) {
                attempts.add((nowMillis - 1_000_000) / 1_000);
            }
            nowMillis += INTERVAL_MILLIS;
        }

        assertThat(attempts).containsExactly(0L, 20L, 60L, 140L, 300L, 600L, 900L);
    }

    @Test
    void shouldLeaveItselfOut() {
        Discovery discovery = discovery(source("dns", HERE));
        network = _ -> refused(RejectionReason.SELF_CONNECTION);

        runs(discovery, 100);

        assertThat(dialled).hasSize(1);
        assertThat(discovery.candidates().getFirst().rejection().orElseThrow().reason())
                .isEqualTo(RejectionReason.SELF_CONNECTION);
    }

    @Test
    void shouldShowANodeAsConnectedByWhicheverAddressItIsKnown() {
        Discovery discovery = discovery(source("dns", HERE, THERE));
        links.add(new FakeLink(KEY, HERE, true));
        network = _ -> refused(RejectionReason.ALREADY_CONNECTED, KEY);

        runs(discovery, 10);

        assertThat(dialled).containsExactly(THERE);
        assertThat(discovery.candidates())
                .allSatisfy(candidate -> assertThat(candidate.state()).isEqualTo(Candidate.State.CONNECTED));
    }

    /** Addresses change owners: one that led to a connected node once may lead to another later. */
    @Test
    void shouldAskASecondAddressAgainAfterAWhile() {
        Discovery discovery = discovery(source("dns", THERE));
        links.add(new FakeLink(KEY, HERE, true));
        network = _ -> refused(RejectionReason.ALREADY_CONNECTED, KEY);
        discovery.run();

        nowMillis += CandidateTable.MAX_PAUSE_MILLIS;
        discovery.run();

        assertThat(dialled).containsExactly(THERE);
        assertThat(felt).containsExactly(THERE);
    }

    @Test
    void shouldDialAtOnceWhenALinkIsGone() {
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> CompletableFuture.completedFuture(new DialOutcome.Connected(KEY));
        PeerLink link = new FakeLink(KEY, HERE, true);
        discovery.run();
        links.add(link);
        runs(discovery, 3);
        assertThat(dialled).hasSize(1);

        links.remove(link);
        assertThat(discovery.candidates().getFirst().state()).isEqualTo(Candidate.State.REFUSED);
        assertThat(discovery.candidates().getFirst().rejection()).isPresent();
        discovery.run();

        assertThat(dialled).hasSize(2);
    }

    @Test
    void shouldKnowInboundPeersByTheAddressTheyComeFrom() {
        Discovery discovery = discovery(source("probe", HERE));
        links.add(new FakeLink(KEY, HERE, false));

        discovery.run();

        assertThat(dialled).isEmpty();
        assertThat(discovery.candidates().getFirst().state()).isEqualTo(Candidate.State.CONNECTED);
    }

    @Test
    void shouldDialABoundedNumberAtATime() {
        PeerAddress[] many = IntStream.range(0, 100)
                .mapToObj(i -> new PeerAddress("10.0.1." + i, 7400))
                .toArray(PeerAddress[]::new);
        List<CompletableFuture<DialOutcome>> pending = new ArrayList<>();
        network = _ -> {
            CompletableFuture<DialOutcome> outcome = new CompletableFuture<>();
            pending.add(outcome);
            return outcome;
        };

        CompletionStage<Void> run = discovery(source("static", many)).run();

        assertThat(pending).hasSize(Discovery.MAX_DIALS_IN_FLIGHT);
        for (int i = 0; i < many.length; i++) {
            assertThat(pending).hasSize(Math.min(many.length, Discovery.MAX_DIALS_IN_FLIGHT + i));
            pending.get(i).complete(new DialOutcome.Connected(KEY));
        }
        assertThat(run).isCompleted();
    }

    @Test
    void shouldBearASourceThatFails() {
        CandidateSource broken =
                source("broken", () -> CompletableFuture.failedFuture(new IllegalStateException("no")));
        CandidateSource worse = source("worse", () -> {
            throw new IllegalStateException("no");
        });

        CompletionStage<Void> run =
                discovery(broken, worse, source("static", HERE)).run();

        assertThat(run).isCompleted();
        assertThat(dialled).containsExactly(HERE);
    }

    @Test
    void shouldGoOnAfterADialThatThrows() {
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> {
            throw new IllegalStateException("a defect");
        };
        assertThat(discovery.run()).isCompleted();

        network = _ -> refused(RejectionReason.UNREACHABLE);
        assertThat(discovery.run()).isCompleted();

        assertThat(dialled).hasSize(2);
    }

    @Test
    void shouldForgetWhatNoSourceNamesAnyMore() {
        List<PeerAddress> named = new ArrayList<>(List.of(HERE, THERE));
        Discovery discovery = discovery(source("dns", () -> CompletableFuture.completedFuture(List.copyOf(named))));
        discovery.run();
        named.remove(HERE);

        for (long gone = 0; gone <= CandidateTable.FORGET_MILLIS; gone += INTERVAL_MILLIS) {
            nowMillis += INTERVAL_MILLIS;
            discovery.run();
        }

        assertThat(discovery.candidates()).extracting(Candidate::address).containsExactly(THERE);
    }

    @Test
    void shouldBoundWhatItRemembers() {
        PeerAddress[] tooMany = IntStream.range(0, CandidateTable.MAX_CANDIDATES + 10)
                .mapToObj(i -> new PeerAddress("10.1.0.1", 1 + i))
                .toArray(PeerAddress[]::new);
        Discovery discovery = discovery(source("static", tooMany));

        discovery.run();

        assertThat(discovery.candidates()).hasSize(CandidateTable.MAX_CANDIDATES);
    }

    /** However much is told, what the operator names stays. */
    @Test
    void shouldForgetHearsayBeforeWhatTheOperatorNames() {
        PeerAddress[] own = IntStream.range(0, 10)
                .mapToObj(i -> new PeerAddress("10.0.9." + i, 7400))
                .toArray(PeerAddress[]::new);
        Discovery discovery = discovery(source("static", own), source("exchange", addresses(5_000)));

        runs(discovery, 2);

        assertThat(discovery.candidates())
                .hasSize(CandidateTable.MAX_CANDIDATES)
                .extracting(Candidate::address)
                .contains(own);
    }

    @Test
    void shouldTakeAllToldNamesForOneNetwork() {
        List<PeerAddress> told = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            told.add(new PeerAddress("n" + i + ".example", 7400));
        }
        told.add(new PeerAddress("8.1.0.1", 7400));
        told.add(new PeerAddress("8.2.0.1", 7400));

        discovery(source("exchange", told.toArray(PeerAddress[]::new))).run();

        assertThat(dialled.subList(0, 3))
                .filteredOn(address -> address.host().endsWith(".example"))
                .hasSize(1);
    }

    @Test
    void shouldNotWaitLongForASourceAndNotAskItTwiceAtOnce() throws Exception {
        CompletableFuture<List<PeerAddress>> slow = new CompletableFuture<>();
        List<String> asked = new ArrayList<>();
        Discovery discovery = discovery(source("static", HERE), source("dns", () -> {
            asked.add("once");
            return slow;
        }));

        discovery.run().toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
        assertThat(dialled).containsExactly(HERE);
        CompletionStage<Void> second = discovery.run();
        assertThat(asked).hasSize(1);
        slow.complete(List.of(THERE));
        second.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);

        assertThat(dialled).contains(THERE);
    }

    @Test
    void shouldSayUntilWhenAnAddressIsLeftInPeace() {
        Discovery discovery = discovery(source("static", HERE));
        network = _ -> refused(RejectionReason.WRONG_GENESIS);

        discovery.run();

        assertThat(discovery.candidates().getFirst().nextAttemptMillis()).hasValue(nowMillis + INTERVAL_MILLIS);
    }

    @Test
    void shouldAskEverMoreSeldomWhereOnlyHearsaySpeaksForAnAddress() {
        Discovery hearsay = discovery(source("exchange", HERE));

        runs(hearsay, 30);

        assertThat(dialled).hasSizeLessThan(8);
    }

    @Test
    void shouldTakeTheOperatorsWordForAnAddressThatWasHearsayFirst() {
        Discovery discovery = discovery(source("exchange", HERE), source("static", HERE));

        runs(discovery, 10);

        assertThat(dialled).hasSize(10);
        assertThat(discovery.candidates().getFirst().source()).isEqualTo("static");
    }

    @Test
    void shouldStopDialingWhenAllPlacesAreTakenAndSayWhyTheOthersWait() {
        PeerAddress[] many = addresses(20);
        Rejection full = new Rejection(RejectionReason.TOO_MANY_PEERS, "enough");
        network = _ -> {
            noPlace = dialled.size() >= 8 ? Optional.of(full) : Optional.empty();
            return CompletableFuture.completedFuture(new DialOutcome.Connected(KEY));
        };
        Discovery discovery = discovery(source("static", many));

        discovery.run();

        assertThat(dialled).hasSize(8);
        assertThat(discovery.candidates())
                .filteredOn(candidate -> !dialled.contains(candidate.address()))
                .hasSize(12)
                .allSatisfy(candidate -> assertThat(candidate.rejection()).contains(full));
    }

    /** What a lying peer tells costs one short connection a run, and does not displace anybody. */
    @Test
    void shouldFeelForOneNodeARunWhenItHasEnoughPeers() {
        noPlace = Optional.of(new Rejection(RejectionReason.TOO_MANY_PEERS, "enough"));
        network = _ -> refused(RejectionReason.TOO_MANY_PEERS, KEY);
        Discovery discovery = discovery(source("exchange", addresses(1_000)));

        runs(discovery, 10);

        assertThat(dialled).isEmpty();
        assertThat(felt).hasSize(10).doesNotHaveDuplicates();
    }

    /** Ten thousand told addresses leave half of the places to the operator's own five. */
    @Test
    void shouldDialHearsayInTurnWithWhatTheOperatorNames() {
        PeerAddress[] own = IntStream.range(0, 5)
                .mapToObj(i -> new PeerAddress("10.0.9." + i, 7400))
                .toArray(PeerAddress[]::new);
        Rejection full = new Rejection(RejectionReason.TOO_MANY_PEERS, "enough");
        network = _ -> {
            noPlace = dialled.size() >= 8 ? Optional.of(full) : Optional.empty();
            return CompletableFuture.completedFuture(new DialOutcome.Connected(KEY));
        };

        discovery(source("exchange", addresses(1_000)), source("dns", own)).run();

        assertThat(dialled).filteredOn(List.of(own)::contains).hasSize(4);
    }

    @Test
    void shouldDialOneOfEachNetworkBeforeASecondOfAny() {
        List<PeerAddress> all = new ArrayList<>();
        for (int network = 0; network < 4; network++) {
            for (int host = 1; host <= 50; host++) {
                all.add(new PeerAddress("8." + network + ".0." + host, 7400));
            }
        }

        discovery(source("exchange", all.toArray(PeerAddress[]::new))).run();

        assertThat(dialled.subList(0, 4))
                .extracting(address -> address.host().substring(0, 3))
                .doesNotHaveDuplicates();
    }

    /** A node that was surrounded while it was down still finds whom it knew. */
    @Test
    void shouldRememberOverARestartWhoProvedToBeANode() {
        network = _ -> CompletableFuture.completedFuture(new DialOutcome.Connected(KEY));
        discovery(source("static", HERE)).run();
        dialled.clear();

        Discovery restarted = discovery(source("exchange", addresses(500)));
        restarted.run();

        assertThat(dialled.getFirst()).isEqualTo(HERE);
        assertThat(restarted.candidates())
                .filteredOn(candidate -> candidate.address().equals(HERE))
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.source()).isEqualTo("remembered"));
    }

    private static PeerAddress[] addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PeerAddress("10.1." + i / 200 + "." + i % 200, 7400))
                .toArray(PeerAddress[]::new);
    }

    private Discovery discovery(CandidateSource... sources) {
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
        Discovery.Network transport = new Discovery.Network() {
            @Override
            public CompletionStage<DialOutcome> dial(PeerAddress address) {
                dialled.add(address);
                return network.apply(address);
            }

            @Override
            public CompletionStage<DialOutcome> feel(PeerAddress address) {
                felt.add(address);
                return network.apply(address);
            }

            @Override
            public List<PeerLink> links() {
                return List.copyOf(links);
            }

            @Override
            public int freePlaces() {
                return noPlace.isPresent() ? 0 : 100;
            }

            @Override
            public Optional<Rejection> noPlace() {
                return noPlace;
            }
        };
        return new Discovery(
                List.of(sources), transport, AddressBook.open(directory, clock), clock, NO_CHANCE, INTERVAL_MILLIS);
    }

    private void runs(Discovery discovery, int count) {
        for (int i = 0; i < count; i++) {
            discovery.run();
            nowMillis += INTERVAL_MILLIS;
        }
    }

    private static CandidateSource source(String name, PeerAddress... addresses) {
        return source(name, () -> CompletableFuture.completedFuture(List.of(addresses)));
    }

    private static CandidateSource source(String name, Supplier<CompletionStage<List<PeerAddress>>> answer) {
        return new CandidateSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut) {
                return answer.get();
            }
        };
    }

    private static CompletionStage<DialOutcome> refused(RejectionReason reason, NodeKey... key) {
        return CompletableFuture.completedFuture(new DialOutcome.Refused(
                new Rejection(reason, "because"), List.of(key).stream().findFirst()));
    }

    private record FakeLink(PeerInfo info) implements PeerLink {

        FakeLink(NodeKey key, PeerAddress address, boolean outbound) {
            this(new PeerInfo(key, "", "", outbound, address, Optional.of(address), 0, BlockHash.ZERO, Work.ZERO));
        }

        @Override
        public boolean send(Message message) {
            return true;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void disconnect(Rejection rejection) {}

        @Override
        public void penalise(int points, Rejection rejection) {}
    }
}
