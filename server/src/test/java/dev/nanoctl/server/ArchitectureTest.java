package dev.nanoctl.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.nanoctl.core.PromptSockets;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.nanoctl.server");

  @Test
  void theServerKnowsCoreAndNothingElseOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.nanoctl.appliance..",
            "dev.nanoctl.backup..",
            "dev.nanoctl.templates..",
            "dev.nanoctl.cli..",
            "picocli..")
        .check(SERVER);
  }

  @Test
  void helidonIsKnownToTheEdgeOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nanoctl.server.http..", "dev.nanoctl.server.main..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(SERVER);
  }

  @Test
  void jsonIsReadAndWrittenThroughOneFacade() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson..")
        .check(SERVER);
  }

  @Test
  void luceneIsKnownToItsAdapterAndTheAnalysisOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nanoctl.server.search..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(SERVER);
  }

  @Test
  void s3IsKnownToTheObjectStoreOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nanoctl.server.media.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.minio..")
        .check(SERVER);
  }

  @Test
  void meilisearchIsKnownToItsAdapterOnlyAndOkhttpToWhoeverBroughtIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nanoctl.server.search.meili..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.meilisearch..")
        .check(SERVER);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.nanoctl.server.search.meili..", "dev.nanoctl.server.media.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("okhttp3..")
        .check(SERVER);
  }

  @Test
  void storesStayInsideTheirFeature() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Store")
        .and()
        .areNotInterfaces()
        .and()
        .resideOutsideOfPackage("dev.nanoctl.server.media.store..")
        .should(notBePublic())
        .check(SERVER);
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
        .check(SERVER);
  }

  private static ArchCondition<JavaClass> notBePublic() {
    return new ArchCondition<>("not be public") {
      @Override
      public void check(JavaClass store, ConditionEvents events) {
        boolean hidden = !store.getModifiers().contains(JavaModifier.PUBLIC);
        events.add(new SimpleConditionEvent(store, hidden, store.getName() + " is public"));
      }
    };
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
        .check(SERVER);
  }
}
