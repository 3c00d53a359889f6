package dev.weir.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.ClassFacts.ClusterFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChildrenTest {
  private static final Path FOLDERS = Path.of("src/test/resources/children");

  /// Write the folders anew with `-Dweir.update`, then read the difference.
  private static final boolean WRITE = Boolean.getBoolean("weir.update");

  private static ClassFacts facts(String folder, boolean everything) throws IOException {
    LogAgentClass agents =
        Serialization.unmarshal(
            Files.readString(FOLDERS.resolve(folder).resolve("class.yaml")), LogAgentClass.class);
    return new ClassFacts(
        agents.getMetadata().getName(),
        agents.getMetadata().getUid(),
        agents.getSpec(),
        "registry.example/weir:0.1.0",
        "0.1.0",
        new ClassFacts.Roles("weir-agent", "weir-agent-events"),
        "weir-system",
        everything ? new ClusterFacts(true, true, true) : ClusterFacts.PLAIN,
        everything,
        everything ? Set.of(443, 3100) : Set.of(443));
  }

  private static Map<String, String> files(List<? extends HasMetadata> objects) {
    var files = new TreeMap<String, String>();
    for (HasMetadata object : objects) {
      files.put(
          "out-%s-%s.yaml".formatted(object.getKind(), object.getMetadata().getName()),
          Serialization.asYaml(object));
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"smallest", "full"})
  void aClassBecomesTheObjectsOfItsFolder(String folder) throws IOException {
    Map<String, String> made = files(Children.of(facts(folder, folder.equals("full"))));
    if (WRITE) {
      write(folder, made);
    }

    assertThat(read(folder)).isEqualTo(made);
  }

  private static void write(String folder, Map<String, String> made) throws IOException {
    for (String name : read(folder).keySet()) {
      Files.delete(FOLDERS.resolve(folder).resolve(name));
    }
    for (Map.Entry<String, String> file : made.entrySet()) {
      Files.writeString(FOLDERS.resolve(folder).resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, String> read(String folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> paths = Files.list(FOLDERS.resolve(folder))) {
      for (Path path : paths.filter(path -> !path.endsWith("class.yaml")).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  @Test
  void noPipelineChangesThePodTemplate() throws IOException {
    ClassFacts few = facts("smallest", false);
    var many =
        new ClassFacts(
            few.name(),
            few.uid(),
            few.spec(),
            few.defaultImage(),
            few.version(),
            few.roles(),
            few.operatorNamespace(),
            few.cluster(),
            true,
            Set.of(1, 2, 3));

    assertThat(daemonSet(many)).isEqualTo(daemonSet(few));
  }

  private static DaemonSet daemonSet(ClassFacts facts) {
    return AgentDaemonSet.of(facts);
  }

  @Test
  void theImageIsTheOperatorsButForWhatTheClassSays() throws IOException {
    assertThat(image("smallest")).isEqualTo("registry.example/weir:0.1.0");
    assertThat(image("full")).startsWith("registry.example.com/weir@sha256:0123");
  }

  private static String image(String folder) throws IOException {
    ClassFacts facts = facts(folder, false);
    return Children.image(facts.spec(), facts.defaultImage());
  }
}
