package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.Components;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said about blocks that Weir does not have.
class NotInWeirTest {
  private static final Set<String> BLOCKS = Set.of("logging");
  private static final Set<String> COMPONENTS =
      Components.ALL.stream().map(ComponentType::name).collect(Collectors.toSet());
  private static final Pattern COMPONENT_NAME =
      Pattern.compile("\\b(loki|discovery|local)\\.[a-z._]+");

  /// Every component and block that Alloy's reference lists.
  static Stream<String> namesOfAlloy() throws IOException {
    try (InputStream in = NotInWeirTest.class.getResourceAsStream("/alloy/names.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("namesOfAlloy")
  void knowsWhatAlloyHasOrSaysWhatToDoInstead(String name) {
    List<String> found = check(name + " \"label\" { }");

    if (COMPONENTS.contains(name) || BLOCKS.contains(name)) {
      assertThat(found).noneMatch(message -> message.contains("not part of Weir"));
    } else {
      assertThat(found).hasSize(1);
      assertThat(found.getFirst())
          .startsWith("main.river:1:1: \"" + name + "\" is not part of Weir: ")
          .hasSizeGreaterThan(60);
    }
  }

  @ParameterizedTest
  @MethodSource("namesOfAlloy")
  void pointsOnlyToComponentsThatThereAre(String name) {
    String instead = NotInWeir.instead(name, false);
    if (instead != null) {
      assertThat(COMPONENT_NAME.matcher(instead).results().map(match -> match.group()))
          .isSubsetOf(COMPONENTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "loki.source.dokcer, loki.source.docker",
    "loki.proces, loki.process",
    "loki.wrtie, loki.write",
    "discovery.kuberntes, discovery.kubernetes",
    "loging, logging",
  })
  void asksWhetherAnotherNameWasMeant(String written, String meant) {
    assertThat(check(written + " \"x\" { }"))
        .contains(
            "main.river:1:1: cannot find the definition of component name \"%s\"; did you mean \"%s\"?"
                .formatted(written, meant));
  }

  @Test
  void asksWhetherAnotherArgumentOrStageWasMeant() {
    String config =
        """
        loki.process "a" {
          stage.jsno { }
          foward_to = []
        }
        loki.write "b" {
          endpoint {
            url        = "http://x"
            bacth_wait = "1s"
            zzz        = 1
          }
        }
        """;

    assertThat(check(config))
        .contains(
            "main.river:2:3: unrecognized block name \"stage.jsno\"; did you mean \"stage.json\"?",
            "main.river:3:3: unrecognized attribute name \"foward_to\"; did you mean"
                + " \"forward_to\"?",
            "main.river:8:5: unrecognized attribute name \"bacth_wait\"; did you mean"
                + " \"batch_wait\"?",
            "main.river:9:5: unrecognized attribute name \"zzz\"");
  }

  @Test
  void asksWhetherAnotherComponentWasReferredTo() {
    String config =
        """
        loki.process "a" {
          forward_to = [loki.write.defualt.receiver]
        }
        loki.write "default" { }
        """;

    assertThat(check(config))
        .containsExactly(
            "main.river:2:17: component \"loki.write.defualt.receiver\" does not exist or is out of"
                + " scope; did you mean \"loki.write.default.receiver\"?");
  }

  private static List<String> check(String text) {
    var options =
        new AgentOptions(
            Path.of("main.river"),
            null,
            null,
            Path.of("data"),
            Stability.EXPERIMENTAL,
            "0.1.0",
            Duration.ZERO);
    var file = SourceFile.of("main.river", text);
    return AgentRuntime.check(
            Agent.environment(options), new Configuration(Path.of("main.river"), List.of(file)))
        .stream()
        .map(Diagnostic::summary)
        .toList();
  }
}
