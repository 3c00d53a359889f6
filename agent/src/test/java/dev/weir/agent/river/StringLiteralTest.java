package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.agent.go.GoQuote;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StringLiteralTest {
  @Test
  void decodesEveryEscape() {
    assertThat(
            StringLiteral.decode("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\101\\x41\\u00e9\\U0001F600\""))
        .isEqualTo("\u0007\b\f\n\r\t\u000b\\\"AAé😀");
  }

  @Test
  void joinsEscapedBytesToCharacters() {
    assertThat(StringLiteral.decode("\"\\xe4\\xb8\\x96\\344\\270\\226\"")).isEqualTo("世世");
    assertThat(StringLiteral.decode("\"a\\xffb\"")).isEqualTo("a\ufffdb");
  }

  @Test
  void takesRawStringsAsTheyAreButForCarriageReturns() {
    assertThat(StringLiteral.decode("`a\\n\r\n\"b`")).isEqualTo("a\\n\n\"b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "a",
        "\"a`",
        "\"\\\"",
        "\"\\q\"",
        "\"\\x4\"",
        "\"\\ud800\"",
        "\"\\400\""
      })
  void refusesWhatTheParserWouldNotLetPass(String spelling) {
    assertThatIllegalArgumentException().isThrownBy(() -> StringLiteral.decode(spelling));
  }

  @Property(tries = 500)
  void decodesWhatWasQuoted(@ForAll @StringLength(max = 30) String text) {
    String wellFormed =
        text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE) ? "" : text;

    assertThat(StringLiteral.decode(GoQuote.quote(wellFormed))).isEqualTo(wellFormed);
  }
}
