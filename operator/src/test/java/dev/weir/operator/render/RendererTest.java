package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Folders of resources (`input.yaml`, which may bring a class and namespaces of its own) and what
/// becomes of them: `expected.river`, or `expected.txt` with the problems.
class RendererTest {
  private static final Path CASES = Path.of("src/test/resources/render");
  private static final boolean UPDATE = Boolean.getBoolean("weir.update");

  static List<Path> cases() throws IOException {
    try (Stream<Path> all = Files.list(CASES)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesOfTheResourcesWhatIsExpected(Path folder) throws IOException {
    Rendered rendered = rendered(folder);
    boolean ok = rendered.ok();
    String made = ok ? rendered.text() : text(rendered.problems());
    Path expected = folder.resolve(ok ? "expected.river" : "expected.txt");
    if (UPDATE) {
      Files.deleteIfExists(folder.resolve(ok ? "expected.txt" : "expected.river"));
      Files.writeString(expected, made);
    }

    assertThat(made).isEqualTo(Files.readString(expected));
    assertThat(made).doesNotContain("\r");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .as("files that nothing reads")
          .containsExactlyInAnyOrder("input.yaml", expected.getFileName().toString());
    }
  }

  private static Rendered rendered(Path folder) throws IOException {
    Manifests manifests = Manifests.read(Files.readString(folder.resolve("input.yaml")));
    Manifests usual = Manifests.read(Files.readString(CASES.resolve("class.yaml")));
    List<LogAgentClass> classes = new ArrayList<>(manifests.of(LogAgentClass.class));
    classes.addAll(usual.of(LogAgentClass.class));
    LogAgentClassSpec agents = classes.getFirst().getSpec();
    var facts = new HashMap<>(usual.namespaces());
    facts.putAll(manifests.namespaces());
    List<LogPipeline> tenants = manifests.of(LogPipeline.class);
    return tenants.isEmpty()
        ? Renderer.render(
            RenderInput.of(manifests.of(ClusterLogPipeline.class).getFirst(), agents, facts))
        : Renderer.render(RenderInput.of(tenants.getFirst(), agents, facts));
  }

  private static String text(List<Problem> problems) {
    var out = new StringBuilder();
    for (Problem problem : problems) {
      out.append(problem.reason().text()).append(' ').append(problem.text()).append('\n');
    }
    return out.toString();
  }

  @Test
  void namesTheFileOfASecretByAllThatItIs() {
    var one = new SecretRef(SecretRef.Kind.SECRET, "a", "b-c", "d", "");
    var other = new SecretRef(SecretRef.Kind.SECRET, "a", "b", "c-d", "");

    assertThat(one.file()).matches("[0-9a-f]{40}").isNotEqualTo(other.file());
  }
}
