package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntheticTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\n}\nloki.write \"evil\" {",
        "` + sys.env(\"SECRET\") + `",
        "// \\",
        "\u0000\u2028\ufeff",
        "${x} {{ y }}",
        "\r\n",
      })
  void noTextOfAStringBecomesStructure(String text) throws DiagnosticsException {
    Body body = Synthetic.body(List.of(Synthetic.attribute("a", Synthetic.string(text))));

    RiverFile parsed = Parser.parse(SourceFile.of("f", Printer.print(body)));

    assertThat(Structure.same(parsed.body(), body)).isTrue();
    assertThat(parsed.body().statements())
        .singleElement()
        .isInstanceOfSatisfying(
            Attribute.class,
            a -> {
              String literal = ((Expression.Literal) a.value()).text();
              assertThat(StringLiteral.decode(literal)).isEqualTo(text);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"say \"hi\"", "a\\b", "a\nb", "", "back\\", "`"})
  void writesKeysSoThatTheyAreReadAsMeant(String key) throws DiagnosticsException {
    Body body =
        Synthetic.body(
            List.of(Synthetic.attribute("a", Synthetic.object(Map.of(key, Synthetic.bool(true))))));

    RiverFile parsed = Parser.parse(SourceFile.of("f", Printer.print(body)));

    assertThat(Structure.same(parsed.body(), body)).isTrue();
  }

  @Test
  void refusesAKeyThatCannotBeWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Synthetic.object(Map.of("`\"", Synthetic.bool(true))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1a", "a-b", "true", "null", "a\" {", "a\n"})
  void refusesNamesThatAreNone(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Synthetic.attribute(name, Synthetic.bool(true)));
    assertThatIllegalArgumentException().isThrownBy(() -> Synthetic.block("a", name, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Synthetic.block("a." + name, null, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Synthetic.reference("a." + name));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesWholeNumbers(long value) {
    Body body = Synthetic.body(List.of(Synthetic.attribute("a", Synthetic.number(value))));

    assertThat(Printer.print(body)).isEqualTo("a = " + value + "\n");
  }
}
