package dev.weir.agent.timelayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Go's `time.ParseInLocation` answered.
class TimeLayoutGoldenTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = TimeLayoutGoldenTest.class.getResourceAsStream("/golden/go-time.json")) {
      return new ObjectMapper()
          .readTree(Objects.requireNonNull(in)).valueStream().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsGoDoes(JsonNode example) throws TimeParseException {
    var layout = new TimeLayout(example.get("layout").textValue());
    ZoneId location = ZoneId.of(example.get("location").textValue());
    String value = example.get("value").textValue();
    if (example.has("error")) {
      assertThatThrownBy(() -> layout.parse(value, location))
          .hasMessage(example.get("error").textValue());
      return;
    }
    GoTime time = layout.parse(value, location);

    assertThat(time.unixNanos()).isEqualTo(example.get("unix_nanos").asLong());
    assertThat(layout.format(time)).isEqualTo(example.get("reformatted").textValue());
    assertThat(new TimeLayout("2006-01-02T15:04:05.999999999Z07:00").format(time))
        .isEqualTo(example.get("rfc3339nano").textValue());
  }
}
