package dev.rensa.explorer;

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
    private static final String HOME = "dev.rensa.explorer";

    /** Each room and the rooms that it may import; a room that is not named here does not exist. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("observe", Set.of()),
            Map.entry("tree", Set.of("observe")),
            Map.entry("passport", Set.of("observe")),
            Map.entry("lab", Set.of("observe")),
            Map.entry("link", Set.of("observe")),
            Map.entry("index", Set.of("observe", "tree")),
            Map.entry("history", Set.of("observe", "tree", "passport")),
            Map.entry("store", Set.of("observe", "tree", "passport", "index", "history")),
            Map.entry("api", Set.of("observe", "tree", "passport", "link", "lab", "index", "history")),
            Map.entry("web", Set.of("api", "lab")),
            Map.entry(
                    "app",
                    Set.of("observe", "tree", "passport", "link", "lab", "index", "history", "store", "api", "web")));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOME);

    @Test
    void shouldMeetOtherServicesOverHttpOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rensa.node..", "dev.rensa.wallet..", "dev.rensa.network..")
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
