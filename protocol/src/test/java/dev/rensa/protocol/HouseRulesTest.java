package dev.rensa.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the house that this module keeps. */
class HouseRulesTest {
    private static final String HOME = "dev.rensa.protocol";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOME);

    @Test
    void shouldDependOnNothingOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rensa.node..", "dev.rensa.wallet..", "dev.rensa.explorer..", "dev.rensa.network..")
                .because("the protocol is the ground that every service stands on")
                .check(OURS);
    }

    @Test
    void shouldNotKnowQuarkus() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta.enterprise..", "jakarta.inject..")
                .because("what a chain is must be usable from any program, a second client or a test among them")
                .check(OURS);
    }

    @Test
    void shouldNotTouchFilesOrSockets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile)|java\\.nio\\.(file|channels)\\..*"
                        + "|java\\.net\\.(?!URI).*")
                .because("the protocol turns bytes into meaning; where the bytes come from is the services' business")
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
}
