package dev.weir.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.manifest.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `valid-*.yaml` must pass schema and rules; `invalid-*.yaml` begins with a comment that says what
/// an API server answers. Of two documents the first is what there was before.
class RulesTest {
  private static final Path FILES = Path.of("src/test/resources/rules");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FILES)) {
      return all.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void answersAsExpected(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> answer = answer(text);

    if (file.getFileName().toString().startsWith("valid-")) {
      assertThat(answer).isEmpty();
    } else {
      assertThat(answer).containsExactly(expected(text));
    }
  }

  private static String expected(String text) {
    return text.lines().findFirst().orElse("").replaceFirst("^# ", "");
  }

  private static List<String> answer(String text) {
    List<JsonNode> documents = Stream.of(text.split("\n---\n")).map(CrdText::tree).toList();
    JsonNode last = documents.getLast();
    Schema schema = schema(last);
    ObjectNode filled = Rules.filledIn(last, schema);
    JsonNode old = documents.size() > 1 ? Rules.filledIn(documents.getFirst(), schema) : null;
    List<String> answer = new ArrayList<>(schema.check(filled));
    if (answer.isEmpty()) {
      answer.addAll(Rules.check(schema.tree(), filled, old));
    }
    return answer;
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsLeftOutMeansTheSameHereAndThere(Path file) throws IOException {
    String text = Files.readString(file);
    if (file.getFileName().toString().startsWith("valid-")) {
      JsonNode last = CrdText.tree(text.substring(text.lastIndexOf("apiVersion")));

      assertThat(decoded(Rules.filledIn(last, schema(last)))).isEqualTo(decoded(last));
    }
  }

  private static Object decoded(JsonNode resource) {
    Class<?> spec =
        resource.path("kind").asText().equals("LogAgentClass")
            ? LogAgentClassSpec.class
            : PipelineSpec.class;
    return new ObjectMapper().convertValue(resource.get("spec"), spec);
  }

  private static Schema schema(JsonNode resource) {
    return Objects.requireNonNull(Schema.of(resource.path("kind").asText()));
  }

  @Test
  void everyRuleHasAFileThatBreaksIt() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path file : files()) {
      broken.add(expected(Files.readString(file)));
    }
    Set<String> messages = new TreeSet<>();
    for (String kind : List.of("LogPipeline", "ClusterLogPipeline", "LogAgentClass")) {
      collect(Objects.requireNonNull(Schema.of(kind)).tree(), messages);
    }

    assertThat(messages).hasSizeGreaterThan(30);
    assertThat(broken).containsAll(messages);
  }

  private static void collect(JsonNode schema, Set<String> messages) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      messages.add(rule.get("message").asText());
    }
    schema.forEach(inside -> collect(inside, messages));
  }
}
