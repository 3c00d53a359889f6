package dev.weir.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Go's `text/template` answered.
class TemplateGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        TemplateGoldenTest.class.getResourceAsStream("/golden/go-template.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }

  static Stream<JsonNode> cases() throws IOException {
    return golden().get("cases").valueStream().toList().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsGoDoes(JsonNode example) throws Exception {
    String text = example.get("template").textValue();
    if (example.has("parse_error")) {
      assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(TemplateSyntaxException.class);
      return;
    }
    Template template = Template.parse(text);
    Map<String, Object> data = JSON.convertValue(golden().get("data"), new TypeReference<>() {});
    if (example.has("exec_error")) {
      assertThatThrownBy(() -> template.execute(data)).isInstanceOf(TemplateException.class);
    } else {
      assertThat(template.execute(data)).isEqualTo(example.get("out").textValue());
    }
  }

  @Test
  void takesAnArgumentInParenthesesWhereAllowed() throws Exception {
    Template template = Template.parseWithCalls("{{ .name | contains(\"debug\") }}");

    assertThat(template.execute(Map.of("name", "my-debug-1"))).isEqualTo("true");
    assertThat(template.execute(Map.of("name", "web"))).isEqualTo("false");
  }
}
