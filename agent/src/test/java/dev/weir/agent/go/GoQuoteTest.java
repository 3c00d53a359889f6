package dev.weir.agent.go;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoQuoteTest {
  /// Text here is UTF-16: what is not UTF-8 cannot be asked for.
  static Stream<JsonNode> golden() {
    return Golden.cases("go-quote.json").filter(GoQuoteTest::isText);
  }

  private static boolean isText(JsonNode golden) {
    try {
      byte[] bytes = golden.get("bytes").binaryValue();
      return Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void quotesAsGoDoes(JsonNode golden) throws IOException {
    String text = new String(golden.get("bytes").binaryValue(), UTF_8);

    assertThat(GoQuote.quote(text)).isEqualTo(golden.get("quoted").asText());
  }
}
