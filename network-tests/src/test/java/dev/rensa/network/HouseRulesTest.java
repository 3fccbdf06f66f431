package dev.rensa.network;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rules of the house that this module keeps. */
class HouseRulesTest {
    private static final String HOME = "dev.rensa.network";

    private static final JavaClasses OURS = new ClassFileImporter().importPackages(HOME);

    @Test
    void shouldSeeTheServicesFromOutsideOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.rensa.node..", "dev.rensa.wallet..", "dev.rensa.explorer..")
                .because("these tests prove what a user has: packaged services, spoken to over HTTP")
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
