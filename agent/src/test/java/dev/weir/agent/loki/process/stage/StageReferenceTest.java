package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/stages.md` tells every argument that there is, with its type and default, and no other.
class StageReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "stages.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (`\\w+` \\| [^|]+ \\| [^|]+) \\| \\S.* \\|");

  /// A heading, and the record that the table below it tells.
  record Section(String heading, Class<? extends Record> arguments) {}

  static Stream<Section> sections() {
    Stream<Section> stages =
        StageTypes.ALL.stream()
            .map(type -> new Section("## stage." + type.name(), type.arguments()));
    Stream<Section> metrics =
        new MetricTypes()
            .members().entrySet().stream()
                .map(kind -> new Section("### metric." + kind.getKey(), kind.getValue()));
    return Stream.of(stages, metrics, Stream.of(new Section("### rule", TruncateStage.Rule.class)))
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void tellsEveryArgument(Section section) throws IOException {
    List<String> told = new ArrayList<>();
    for (String line : below(section.heading())) {
      var matcher = ROW.matcher(line);
      if (matcher.matches()) {
        told.add(matcher.group(1));
      }
    }

    assertThat(told)
        .isEqualTo(
            Arrays.stream(section.arguments().getRecordComponents())
                .filter(StageReferenceTest::isAttribute)
                .map(StageReferenceTest::row)
                .toList());
  }

  @Test
  void tellsNothingElse() throws IOException {
    List<String> headings =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("##")).toList();

    assertThat(headings)
        .containsExactlyInAnyOrderElementsOf(sections().map(Section::heading).toList());
  }

  /// The lines below a heading, as far as the next one.
  private static List<String> below(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = lines.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    return lines.subList(start + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("##"))
        .toList();
  }

  private static boolean isAttribute(RecordComponent component) {
    return !component.isAnnotationPresent(BlockField.class)
        && !component.isAnnotationPresent(BlockFamilyField.class);
  }

  private static String row(RecordComponent component) {
    return "`"
        + snake(component.getName())
        + "` | "
        + type(component.getGenericType())
        + " | "
        + fallback(component);
  }

  private static String fallback(RecordComponent component) {
    Default given = component.getAnnotation(Default.class);
    if (given != null) {
      return "`" + given.value() + "`";
    }
    return component.getAnnotatedType().getAnnotations().length > 0 ? "`null`" : "required";
  }

  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return (generic.getRawType() == Map.class ? "map(" : "list(") + type(of[of.length - 1]) + ")";
    }
    if (type == String.class) {
      return "string";
    }
    if (type == boolean.class) {
      return "bool";
    }
    if (type == Duration.class) {
      return "duration";
    }
    return type == ByteSize.class ? "size" : "number";
  }
}
