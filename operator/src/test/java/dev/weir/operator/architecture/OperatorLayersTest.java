package dev.weir.operator.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weir.agent.river.Printer;
import dev.weir.operator.render.Rendered;
import dev.weir.operator.render.Rendered.RunsOn;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The direction of dependencies as ARCHITECTURE.md draws it.
class OperatorLayersTest {
  private static final String ROOT = "dev.weir.operator";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void resourcesKnowNobody() {
    mayNotUse(".api", ".render", ".plan", ".children", ".status", ".health", ".reconcile", ".cli");
  }

  @Test
  void renderingKnowsResourcesAndRiver() {
    mayNotUse(".render", ".plan", ".children", ".status", ".health", ".reconcile", ".cli");
  }

  @Test
  void childrenArePureFunctionsOfResources() {
    mayNotUse(".children", ".render", ".plan", ".status", ".health", ".reconcile", ".cli");
  }

  @Test
  void nobodyButTheReconcilersTalksToTheApiServer() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".render..", ROOT + ".plan..", ROOT + ".children..", ROOT + ".status..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.javaoperatorsdk..").or(assignableTo(KubernetesClient.class)))
        .check(CLASSES);
  }

  /// What a tenant writes becomes a part of a tree. Text that were joined of parts would have to
  /// come from somewhere else than the agent's printer.
  @Test
  void riverIsPrintedFromATreeAndNowhereElse() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".render.Renderer")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Printer.class)
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".render.Renderer")
        .should()
        .callMethod(Rendered.class, "of", String.class, List.class, RunsOn.class)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static void mayNotUse(String layer, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + layer + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + other + "..")
          .check(CLASSES);
    }
  }
}
