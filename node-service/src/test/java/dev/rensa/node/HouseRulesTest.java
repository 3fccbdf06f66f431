package dev.rensa.node;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the house that this module keeps. A new room is entered in {@link #ROOMS} with what it may import. */
class HouseRulesTest {
    private static final String HOME = "dev.rensa.node";

    /** Each room and the rooms that it may import; a room that is not named here does not exist. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("chain", Set.of()),
            Map.entry("mempool", Set.of("chain")),
            Map.entry("mining", Set.of("chain", "mempool")),
            Map.entry("peer", Set.of()),
            Map.entry("discovery", Set.of("peer")),
            Map.entry("lab", Set.of("peer")),
            Map.entry("gossip", Set.of("peer", "chain", "mempool")),
            Map.entry("sync", Set.of("peer", "chain")),
            Map.entry("snapshot", Set.of("peer", "chain")),
            Map.entry("store", Set.of("chain")),
            Map.entry("maintenance", Set.of("chain", "store")),
            Map.entry("core", Set.of("chain", "mempool", "mining", "peer", "gossip", "sync", "snapshot")),
            Map.entry(
                    "api",
                    Set.of("chain", "mempool", "mining", "peer", "discovery", "lab", "sync", "snapshot", "core")),
            Map.entry(
                    "app",
                    Set.of(
                            "chain",
                            "mempool",
                            "mining",
                            "peer",
                            "discovery",
                            "lab",
                            "gossip",
                            "sync",
                            "snapshot",
                            "store",
                            "maintenance",
                            "core",
                            "api")));

    /** What the simulation runs: pure logic, with time, randomness, peers and disk handed in. */
    private static final String[] LOGIC = {
        HOME + ".chain..",
        HOME + ".mempool..",
        HOME + ".sync..",
        HOME + ".snapshot..",
        HOME + ".gossip..",
        HOME + ".lab..",
        HOME + ".core.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOME);

    @Test
    void shouldMeetOtherServicesOverHttpOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rensa.wallet..", "dev.rensa.explorer..", "dev.rensa.network..")
                .because("services share the protocol and nothing else: each is built, deployed and upgraded alone")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldKeepPackagesFreeOfCycles() {
        slices().matching(HOME + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages in a circle can only be read, tested and changed as one")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldLiveInANamedRoom() {
        String[] rooms =
                ROOMS.keySet().stream().map(room -> HOME + "." + room + "..").toArray(String[]::new);

        classes()
                .that(resideInAPackage(HOME + ".*.."))
                .should()
                .resideInAnyPackage(rooms)
                .because("the folder tree is the table of contents, and a new chapter states here what it may import")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldImportOnlyTheRoomsBehindIt() {
        var house = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String room : ROOMS.keySet()) {
            house = house.layer(room).definedBy(HOME + "." + room + "..");
        }
        for (var room : ROOMS.entrySet()) {
            house = room.getValue().isEmpty()
                    ? house.whereLayer(room.getKey()).mayNotAccessAnyLayer()
                    : house.whereLayer(room.getKey())
                            .mayOnlyAccessLayers(room.getValue().toArray(String[]::new));
        }

        house.because("the direction of imports is the direction of thought: docs/architecture.md names the rooms")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldKeepTheLogicPlainJava() {
        noClasses()
                .that()
                .resideInAnyPackage(LOGIC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta.enterprise..", "jakarta.inject..")
                .because("the simulation runs fifty nodes in one thread, without a container")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldLeaveThreadsToTheApp() {
        noClasses()
                .that()
                .resideInAnyPackage(LOGIC)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.Thread(\\$.*)?|java\\.util\\.Timer|java\\.util\\.concurrent\\."
                        + "(Executors|ForkJoin.*|ThreadPoolExecutor|ScheduledThreadPoolExecutor)")
                .orShould()
                .callMethodWhere(target(nameMatching("parallelStream")))
                .because("one writer thread owns the state, and the simulation must decide who runs when")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldTakeTimeAsAnArgument() {
        noClasses()
                .that()
                .resideInAnyPackage(LOGIC)
                .should()
                .callMethodWhere(readsTheSystemClock())
                .because("the simulation runs on a virtual clock, so the logic must read the clock it is given")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void shouldTakeRandomnessAsAnArgument() {
        noClasses()
                .that()
                .resideInAnyPackage(LOGIC)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                        + "|java\\.security\\.SecureRandom")
                .orShould()
                .callMethodWhere(target(nameMatching("random|randomUUID")))
                .because(
                        "a run is replayed from its printed seed, so every choice must come from the RandomGenerator given")
                .allowEmptyShould(true)
                .check(OURS);
    }

    private static DescribedPredicate<JavaMethodCall> readsTheSystemClock() {
        return DescribedPredicate.describe("reads the system clock", call -> {
            String owner = call.getTargetOwner().getFullName();
            String method = call.getName();
            return (owner.startsWith("java.time.") && (method.equals("now") || method.startsWith("system")))
                    || (owner.equals("java.lang.System")
                            && (method.equals("currentTimeMillis") || method.equals("nanoTime")));
        });
    }
}
