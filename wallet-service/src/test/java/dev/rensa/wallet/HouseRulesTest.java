package dev.rensa.wallet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the house that this module keeps. A new room is entered in {@link #ROOMS} with what it may import. */
class HouseRulesTest {
    private static final String HOME = "dev.rensa.wallet";

    /** Each room and the rooms that it may import; a room that is not named here does not exist. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("key", Set.of()),
            Map.entry("access", Set.of()),
            Map.entry("policy", Set.of()),
            Map.entry("node", Set.of()),
            Map.entry("received", Set.of("key")),
            Map.entry("transfer", Set.of("key", "policy", "node", "received")),
            Map.entry("webhook", Set.of("key", "transfer")),
            Map.entry("backup", Set.of("key", "transfer")),
            Map.entry("store", Set.of("access", "key", "policy", "received", "transfer", "webhook", "backup")),
            Map.entry("api", Set.of("access", "key", "policy", "node", "received", "transfer", "webhook", "backup")),
            Map.entry("web", Set.of("access", "key", "api")),
            Map.entry(
                    "app",
                    Set.of(
                            "access",
                            "key",
                            "policy",
                            "node",
                            "received",
                            "transfer",
                            "webhook",
                            "backup",
                            "store",
                            "api",
                            "web")));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOME);

    @Test
    void shouldMeetOtherServicesOverHttpOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rensa.node..", "dev.rensa.explorer..", "dev.rensa.network..")
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
}
