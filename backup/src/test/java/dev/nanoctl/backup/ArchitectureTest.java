package dev.nanoctl.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.nanoctl.core.PromptSockets;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.nanoctl.backup");

  @Test
  void backupKnowsCoreAndNothingElseOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nanoctl.templates..",
            "dev.nanoctl.appliance..",
            "dev.nanoctl.server..",
            "dev.nanoctl.cli..")
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
  void clientsOfHttpSendAtOnce() {
    classes()
        .that(
            DescribedPredicate.<JavaClass>describe(
                "build a client",
                made ->
                    made.getConstructorCallsFromSelf().stream()
                        .anyMatch(call ->
                            call.getTargetOwner().isEquivalentTo(OkHttpClient.Builder.class))))
        .should()
        .callConstructor(PromptSockets.class)
        .check(CLASSES);
  }
}
