package dev.nanoctl.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.nanoctl");

  @Test
  void nothingOfTheProductKnowsTheBenchmarks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nanoctl.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.nanoctl.bench..")
        .check(CLASSES);
  }
}
