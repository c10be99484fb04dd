package dev.nanoctl.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.nanoctl");

  @Test
  void picocliAndTheTerminalAreKnownToTheCommandLineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nanoctl.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.jline..")
        .check(ALL);
  }

  @Test
  void theCommandLineKnowsNoHttpServerNoIndexAndNoMigrations() {
    noClasses()
        .that()
        .resideInAPackage("dev.nanoctl.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "org.apache.lucene..", "org.flywaydb..")
        .check(ALL);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.nanoctl.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(ALL);
  }

  @Test
  void onlyMainHoldsTheStandardStreams() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.nanoctl.cli.Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ALL);
  }

  @Test
  void commandsReachPartsThroughTheirOwnInterfaces() {
    noClasses()
        .that()
        .resideInAPackage("dev.nanoctl.cli.command")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.nanoctl.cli.data..", "dev.nanoctl.cli.serve..", "org.jdbi..")
        .check(ALL);
  }
}
