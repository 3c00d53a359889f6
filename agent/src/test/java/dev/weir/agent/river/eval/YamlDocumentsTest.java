package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentsTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          null => null
          ~ => null
          true => true
          FALSE => false
          yes => "yes"
          off => "off"
          5 => 5
          -5 => -5
          0x1F => 31
          010 => 8
          0o17 => 15
          0b101 => 5
          1_000 => 1000
          089 => 89
          1.5 => 1.5
          1e3 => 1000
          .inf => +Inf
          -.inf => -Inf
          .nan => NaN
          1.2.3 => "1.2.3"
          1:30 => "1:30"
          2001-12-14 => "2001-12-14T00:00:00Z"
          2001-99-14 => "2001-99-14"
          '5' => "5"
          "true" => "true"
          !!str 5 => "5"
          text here => "text here"
          [1, a] => [1, "a"]
          """)
  void readsScalars(String yaml, String value) {
    assertThat(ValueText.of(YamlDocuments.parse(yaml))).isEqualTo(value);
  }

  @Test
  void readsAnchorsAndMerges() {
    Value value =
        YamlDocuments.parse(
            """
            base: &base
              a: 1
              b: 2
            derived:
              b: 3
              <<: *base
            several:
              <<: [{c: 4}, *base]
            again: *base
            5: number key
            """);

    assertThat(value)
        .isEqualTo(
            Texts.evaluate(
                "{base = {a = 1, b = 2}, derived = {a = 1, b = 3}, several = {c = 4, a = 1, b = 2},"
                    + " again = {a = 1, b = 2}, \"5\" = \"number key\"}"));
  }

  @Test
  void readsTheFirstDocumentOnly() {
    assertThat(YamlDocuments.parse("a\n---\nb")).isEqualTo(new Value.StringValue("a"));
    assertThat(YamlDocuments.parse("")).isEqualTo(Value.NullValue.NULL);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          [ => invalid YAML at line 1
          {a: 1, a: 2} => invalid YAML at line 1: mapping key is already defined
          &a [*a] => invalid YAML at line 1: anchor's value contains itself
          {<<: 5} => invalid YAML at line 1: map merge requires map or sequence of maps as the value
          {[a]: 5} => invalid YAML at line 1: keys must be text
          """)
  void refuses(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlDocuments.parse(yaml))
        .withMessage(message);
  }

  @Test
  void refusesDocumentsThatMultiply() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(8) + alias));
    }

    assertThatIllegalArgumentException().isThrownBy(() -> YamlDocuments.parse(bomb.toString()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlDocuments.parse("[".repeat(10_000)))
        .withMessageStartingWith("invalid YAML");
  }
}
