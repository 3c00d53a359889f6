package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LexerErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a = $~1:5: illegal character U+0024 '$'",
        "a = 1; b = 2~1:6: illegal character U+003B ';'",
        "a = 'x'~1:5: illegal single-quoted string; use double quotes",
        "a = \"x~1:5: string literal not terminated",
        "a = `x~1:5: string literal not terminated",
        "a = \"\\q\"~1:7: unknown escape sequence",
        "a = \"\\'\"~1:7: unknown escape sequence",
        "a = \"\\~1:7: escape sequence not terminated",
        "a = \"\\x4~1:7: escape sequence not terminated",
        "a = \"\\x4g\"~1:7: illegal character U+0067 'g' in escape sequence",
        "a = \"\\400\"~1:7: escape sequence is invalid Unicode code point",
        "a = \"\\ud800\"~1:7: escape sequence is invalid Unicode code point",
        "a = \"\\U00110000\"~1:7: escape sequence is invalid Unicode code point",
        "/* a~1:1: block comment not terminated",
        "a = 1e~1:5: exponent has no digits",
        "a = b | c~1:8: missing second | in ||",
        "a = b & c~1:8: missing second & in &&",
        "a = é§~1:7: illegal character U+00A7 '§'",
      })
  void reportsWhatIsNoToken(String source, String expected) {
    assertThat(messages(source.getBytes(StandardCharsets.UTF_8))).contains("f:" + expected);
  }

  static List<Arguments> bytes() {
    return List.of(
        Arguments.of(new byte[] {'a', 0}, "f:1:2: illegal character NUL"),
        Arguments.of(new byte[] {'/', '/', (byte) 0xFF}, "f:1:3: illegal UTF-8 encoding"),
        Arguments.of(new byte[] {(byte) 0xC0, (byte) 0x80}, "f:1:1: illegal UTF-8 encoding"),
        Arguments.of(
            new byte[] {'/', '/', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
            "f:1:3: illegal UTF-8 encoding"),
        Arguments.of("a\ufeff".getBytes(StandardCharsets.UTF_8), "f:1:2: illegal byte order mark"));
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void reportsBytesThatAreNoText(byte[] bytes, String expected) {
    assertThat(messages(bytes)).first().isEqualTo(expected);
  }

  private static List<String> messages(byte[] bytes) {
    try {
      Parser.parse(new SourceFile("f", bytes));
    } catch (DiagnosticsException e) {
      return e.diagnostics().stream().map(Diagnostic::summary).toList();
    }
    return fail("parsed");
  }
}
