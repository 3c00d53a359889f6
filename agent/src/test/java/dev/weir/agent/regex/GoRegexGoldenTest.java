package dev.weir.agent.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Go's `regexp` answered to patterns and inputs.
class GoRegexGoldenTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = GoRegexGoldenTest.class.getResourceAsStream("/golden/go-regexp.json")) {
      return new ObjectMapper()
          .readTree(Objects.requireNonNull(in)).valueStream().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsGoDoes(JsonNode example) {
    String pattern = example.get("pattern").textValue();
    if (example.has("error")) {
      assertThatThrownBy(() -> GoRegex.compile(pattern))
          .hasMessage(example.get("error").textValue());
      return;
    }
    GoRegex regex = GoRegex.compile(pattern);
    String input = example.get("input").textValue();
    GoMatch match = regex.match(input);

    assertThat(regex.groupNames()).isEqualTo(texts(example.get("names")));
    assertThat(match == null ? null : groups(regex, match))
        .isEqualTo(example.get("match").isNull() ? null : texts(example.get("match")));
    assertThat(regex.find(input)).isEqualTo(match != null);
    if (example.has("replaced")) {
      assertThat(regex.replaceAll(input, example.get("replacement").textValue()))
          .isEqualTo(example.get("replaced").textValue());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSameForBytes(JsonNode example) {
    if (example.has("error")) {
      return;
    }
    GoRegex regex = GoRegex.compile(example.get("pattern").textValue());
    byte[] bytes = ("»" + example.get("input").textValue() + "«").getBytes(StandardCharsets.UTF_8);
    int[] spans = new int[2 * (regex.groupCount() + 1)];
    boolean found = regex.find(bytes, 2, bytes.length - 4, spans);

    assertThat(found).isEqualTo(!example.get("match").isNull());
    if (found) {
      assertThat(spans[0] - 2).isEqualTo(example.get("start").intValue());
      assertThat(spans[1] - 2).isEqualTo(example.get("end").intValue());
    }
  }

  private static List<@Nullable String> groups(GoRegex regex, GoMatch match) {
    List<@Nullable String> groups = new ArrayList<>();
    for (int group = 0; group <= regex.groupCount(); group++) {
      groups.add(match.group(group));
    }
    return groups;
  }

  private static List<@Nullable String> texts(JsonNode array) {
    List<@Nullable String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.textValue()));
    return texts;
  }
}
