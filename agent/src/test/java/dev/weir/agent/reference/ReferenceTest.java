package dev.weir.agent.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.Components;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs` tells every component, stage, argument and export that there is, and no other.
///
/// With `-Dweir.update` the tables are written anew first, and missing pages are begun.
class ReferenceTest {
  private static final Pattern RIVER = Pattern.compile("(?ms)^```river\n(.*?)^```");

  @BeforeAll
  static void updateWhereAsked() throws IOException {
    if (Boolean.getBoolean("weir.update")) {
      Pages.update();
    }
  }

  static Stream<ComponentType<?>> components() {
    return Components.ALL.stream();
  }

  static Stream<Path> pages() throws IOException {
    return Pages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isUpToDate(Path page) throws IOException {
    assertThat(Files.readString(page))
        .as("run this test with -Dweir.update to write it anew")
        .isEqualTo(Pages.updated(page));
  }

  @ParameterizedTest
  @MethodSource("components")
  void hasAPageForEveryComponent(ComponentType<?> type) throws IOException {
    assertThat(Files.readString(Pages.of(type)).lines())
        .contains(
            "# " + type.name(),
            "## Example",
            "## Arguments",
            "<!-- arguments " + type.name() + " -->",
            "## Metrics",
            "## Differences from Alloy",
            "<!-- differences " + type.name() + " -->")
        .doesNotContain("Say here what it does.");
  }

  /// The operator's pages lie beside them and are its own tests' matter; a component has a dot.
  @Test
  void hasNoOtherPages() throws IOException {
    try (Stream<Path> files = Files.list(Pages.REFERENCE)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(
                      name -> name.equals("README.md") || name.indexOf('.') < name.length() - 3))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("README.md"), components().map(type -> type.name() + ".md"))
                  .toList());
    }
    assertThat(Files.readString(Pages.REFERENCE.resolve("README.md"))).isEqualTo(Pages.index());
  }

  @Test
  void tellsEveryStage() throws IOException {
    List<String> headings =
        Files.readAllLines(Pages.STAGES).stream().filter(line -> line.startsWith("## ")).toList();

    assertThat(headings)
        .containsExactlyInAnyOrderElementsOf(
            Pages.stages().keySet().stream().map(name -> "## " + name).toList());
    assertThat(Files.readString(Pages.STAGES).lines())
        .containsAll(
            Pages.stages().keySet().stream()
                .flatMap(name ->
                    Stream.of(
                        "<!-- arguments " + name + " -->", "<!-- differences " + name + " -->"))
                .toList());
  }

  @Test
  void knowsWhatEveryArgumentAndExportIs() {
    Set<Class<? extends Record>> records = new LinkedHashSet<>();
    components()
        .forEach(type -> {
          addWithBlocks(records, type.arguments());
          addWithBlocks(records, type.exports());
        });
    Pages.stages().values().forEach(stage -> addWithBlocks(records, stage));

    assertThat(
            records.stream()
                .flatMap(record -> Argument.of(record).stream())
                .filter(argument -> argument.text().isEmpty())
                .map(argument ->
                    argument.component().getDeclaringRecord().getName()
                        + " @param "
                        + argument.component().getName())
                .distinct())
        .as("the Javadoc of a record tells each of its components")
        .isEmpty();
  }

  @Test
  void speaksOfDifferencesOfWhatThereIs() {
    List<String> known = new ArrayList<>(Pages.stages().keySet());
    components().forEach(type -> known.add(type.name()));

    assertThat(known).containsAll(Differences.subjects());
  }

  @ParameterizedTest
  @MethodSource("components")
  void showsAnExampleThatIsValid(ComponentType<?> type) throws Exception {
    List<String> examples =
        RIVER
            .matcher(Files.readString(Pages.of(type)))
            .results()
            .map(ReferenceTest::inside)
            .toList();

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      var source = SourceFile.of(type.name(), example);
      assertThat(Printer.print(Parser.parse(source))).isEqualTo(example);
      assertThat(problems(source)).isEmpty();
    }
    assertThat(examples.getFirst()).contains(type.name() + " \"");
  }

  private static String inside(MatchResult block) {
    return block.group(1);
  }

  private static List<String> problems(SourceFile source) {
    var options =
        new AgentOptions(
            Path.of("main.river"),
            null,
            null,
            Path.of("data"),
            Stability.EXPERIMENTAL,
            "0.1.0",
            Duration.ZERO);
    return AgentRuntime.check(
            Agent.environment(options), new Configuration(Path.of("main.river"), List.of(source)))
        .stream()
        .map(Diagnostic::summary)
        .toList();
  }

  private static void addWithBlocks(
      Set<Class<? extends Record>> records, Class<? extends Record> record) {
    if (records.add(record)) {
      for (Argument argument : Argument.of(record)) {
        if (argument.isBlock()) {
          addWithBlocks(records, argument.block());
        }
      }
    }
  }
}
