package dev.weir.agent.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The direction of dependencies as ARCHITECTURE.md draws it.
class LayersTest {
  private static final String ROOT = "dev.weir.agent";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void goDependsOnNothing() {
    usesOnly(".go", ROOT + ".go");
  }

  @Test
  void riverDependsOnNothingButGo() {
    usesOnly(".river", ROOT + ".river", ROOT + ".go");
  }

  @Test
  void evaluationKnowsRiverAlone() {
    mayUse(".river.eval", ".river");
  }

  @Test
  void theContractKnowsNoComponentAndNoRuntime() {
    mayUse(".component", ".river", ".river.eval", ".metrics");
  }

  @Test
  void theRuntimeKnowsNoComponent() {
    mayUse(".runtime", ".river", ".river.eval", ".component", ".metrics", ".logging");
  }

  @Test
  void whatFlowsKnowsNobodyWhoHandlesIt() {
    mayUse(".loki", ".river.eval");
  }

  @Test
  void conversionsKnowRiverAlone() {
    mayUse(".convert", ".river");
  }

  @Test
  void componentsDoNotReachTheAgentAroundThem() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".loki..", ROOT + ".discovery..", ROOT + ".docker..", ROOT + ".relabel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT, ROOT + ".runtime..", ROOT + ".http..", ROOT + ".cli..", ROOT + ".sandbox..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /// Neither another layer nor a library.
  private static void usesOnly(String layer, String... packages) {
    List<String> allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify..", "com.google.errorprone.."),
                Stream.of(packages))
            .toList();
    classes()
        .that()
        .resideInAPackage(ROOT + layer)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(CLASSES);
  }

  /// Every layer may use itself and what Go's standard library does.
  private static void mayUse(String layer, String... layers) {
    String[] allowed = new String[layers.length + 2];
    allowed[0] = ROOT + layer;
    allowed[1] = ROOT + ".go";
    for (int i = 0; i < layers.length; i++) {
      allowed[i + 2] = ROOT + layers[i];
    }
    classes()
        .that()
        .resideInAPackage(ROOT + layer)
        .should()
        .onlyDependOnClassesThat(new WeirOnlyIn(allowed))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
