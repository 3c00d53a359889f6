package dev.weir.agent.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  static Stream<JsonNode> golden() {
    return Golden.cases("go-duration.json");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void readsAndWritesAsGoDoes(JsonNode golden) {
    String text = golden.get("text").asText();
    if (golden.has("error")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GoDuration.parse(text))
          .withMessage(golden.get("error").asText());
      return;
    }
    Duration duration = GoDuration.parse(text);
    assertThat(Long.toString(duration.toNanos())).isEqualTo(golden.get("nanos").asText());
    assertThat(GoDuration.format(duration)).isEqualTo(golden.get("string").asText());
  }

  @Property
  void readsWhatItWrites(@ForAll long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
  }

  @Test
  void reachesTheLowestDuration() {
    Duration lowest = Duration.ofNanos(Long.MIN_VALUE);

    assertThat(GoDuration.format(lowest)).isEqualTo("-2562047h47m16.854775808s");
    assertThat(GoDuration.parse("-2562047h47m16.854775808s")).isEqualTo(lowest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".s",
        "-",
        "s",
        "1h.",
        "2562047h47m16.854775808s",
        "9223372036854775808ns9223372036854775808ns",
        "99999999999999999999999999s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
  }

  @Test
  void showsOddCharactersOfAUnitInHex() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoDuration.parse("1µ\""))
        .withMessage("time: unknown unit \"\\xc2\\xb5\\\"\" in duration \"1\\xc2\\xb5\\\"\"");
  }
}
