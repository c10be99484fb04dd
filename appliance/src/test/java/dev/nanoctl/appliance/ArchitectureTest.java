package dev.nanoctl.appliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.nanoctl.appliance");

  @Test
  void applianceKnowsNeitherTheServerNorTheCommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nanoctl.backup..",
            "dev.nanoctl.server..",
            "dev.nanoctl.cli..",
            "io.helidon..",
            "org.jdbi..",
            "picocli..")
        .check(CLASSES);
  }

  @Test
  void nothingPrintsOrExits() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void plansAndChecksArePure() {
    noClasses()
        .that()
        .resideInAPackage("dev.nanoctl.appliance.plan..")
        .or()
        .resideInAPackage("dev.nanoctl.appliance.doctor..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.net..", "java.io..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nanoctl.appliance.postgres..",
            "dev.nanoctl.appliance.process..",
            "dev.nanoctl.appliance.agent..",
            "dev.nanoctl.appliance.journal..")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }
}
