package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.testkit.SmallMaxMind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every case of `conformance`: a folder for each stage, in it a folder for each case.
class ConformanceTest {
  private static final String ERROR = "! error ";
  private static final Set<String> FILES = Set.of("config.river", "input", "expected");

  @TempDir static Path temporary;

  @TestFactory
  List<DynamicContainer> cases() throws Exception {
    Path database = SmallMaxMind.write(temporary);
    return folders(root()).stream()
        .map(stage ->
            DynamicContainer.dynamicContainer(
                stage.getFileName().toString(),
                folders(stage).stream()
                    .map(folder ->
                        DynamicTest.dynamicTest(
                            folder.getFileName().toString(),
                            folder.toUri(),
                            () -> check(folder, database)))))
        .toList();
  }

  @Test
  void holdsCasesForEveryStage() throws Exception {
    Set<String> stages = StageTypes.ALL.stream().map(StageType::name).collect(Collectors.toSet());

    assertThat(names(root())).isEqualTo(with(stages, "README.md", "interplay"));
  }

  private static Set<String> with(Set<String> names, String... more) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(List.of(more));
    return all;
  }

  private static Path root() throws URISyntaxException {
    var url = ConformanceTest.class.getResource("/conformance");
    assertThat(url).isNotNull();
    return Path.of(url.toURI());
  }

  private static List<Path> folders(Path path) {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void check(Path folder, Path database) throws IOException {
    Set<String> files = names(folder);
    assertThat(FILES).as("files of a case").containsAll(files);
    assertThat(files).contains("config.river", "expected");
    String config =
        Files.readString(folder.resolve("config.river")).replace("SMALL_DB", database.toString());
    String expected = Files.readString(folder.resolve("expected"));
    if (expected.startsWith(ERROR)) {
      assertThat(files).as("a case that is refused has no input").doesNotContain("input");
      assertThat(errorOf(config)).contains(expected.strip().substring(ERROR.length()));
      return;
    }
    String input = Files.readString(folder.resolve("input"));
    String seen =
        Transcript.of(RunningStages.river(config), input, expected.contains("\n  extracted: "));

    assertThat(seen).isEqualTo(expected);
  }

  /// The message of decoding, or else of building.
  private static String errorOf(String config) {
    String error = StagesText.errorOf(config);
    if (!error.isEmpty()) {
      return error;
    }
    try {
      RunningStages.river(config);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
