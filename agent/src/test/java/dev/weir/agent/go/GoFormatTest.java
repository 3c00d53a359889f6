package dev.weir.agent.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoFormatTest {
  static Stream<JsonNode> golden() {
    return Golden.cases("go-sprintf.json");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void formatsAsGoDoes(JsonNode golden) {
    List<@Nullable Object> operands = new ArrayList<>();
    golden.get("args").forEach(node -> operands.add(operand(node)));

    assertThat(GoFormat.format(golden.get("format").asText(), operands, 100_000))
        .isEqualTo(golden.get("out").asText());
  }

  private static @Nullable Object operand(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.asText();
      case BOOLEAN -> node.asBoolean();
      case NUMBER -> node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        node.forEach(element -> list.add(operand(element)));
        yield list;
      }
      default -> null;
    };
  }

  /// Expected texts follow from the documentation of Go's package fmt.
  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          %v      | 1000000.0 | 1e+06
          %v      | 100000.0  | 100000
          %v      | 123456789.0 | 1.23456789e+08
          %v      | 0.0001    | 0.0001
          %v      | 0.00001   | 1e-05
          %.3g    | 1234.5    | 1.23e+03
          %.3g    | 0.00012345 | 0.000123
          %g      | 0.0       | 0
          %.2e    | 0.0       | 0.00e+00
          %e      | 1.0       | 1.000000e+00
          %E      | 1.0       | 1.000000E+00
          %6.2f   | -1.005    | ~ -1.00~
          %06.1f  | -1.25     | -001.2
          %+.1f   | 2.25      | +2.2
          %#o     | 8         | 010
          %#b     | 5         | 0b101
          %O      | 8         | 0o10
          %X      | 255       | FF
          %#X     | 255       | 0XFF
          %x      | -255      | -ff
          %.5d    | -42       | -00042
          %08d    | -42       | -0000042
          %-8d    | 42        | ~42      ~
          %q      | 65        | 'A'
          %q      | 39        | ~'\\''~
          %#U     | 65        | U+0041 'A'
          %5t     | true      | ~ true~
          %d      | true      | %!d(bool=true)
          %d      | 1.5       | %!d(float64=1.5)
          %05s    | ab        | 000ab
          %#q     | ab        | `ab`
          %+q     | é         | "\\u00e9"
          % x     | ab        | 61 62
          %# x    | ab        | 0x61 0x62
          %#v     | ab        | "ab"
          %#v     | 1         | 1
          %10.2s  | abc       | ~        ab~
          """)
  void followsEveryFlag(String format, String operand, String expected) {
    Object value = parse(operand);

    assertThat(GoFormat.format(format, List.of(value), 1000)).isEqualTo(expected);
  }

  private static Object parse(String operand) {
    if (operand.matches("-?\\d+")) {
      return Long.parseLong(operand);
    }
    if (operand.matches("-?[\\d.]+")) {
      return Double.parseDouble(operand);
    }
    return operand.equals("true") ? (Object) true : operand;
  }

  @Test
  void complainsAboutItsDirectives() {
    assertThat(GoFormat.format("%", List.of(), 100)).isEqualTo("%!(NOVERB)");
    assertThat(GoFormat.format("%[3]d", List.of(1L), 100)).isEqualTo("%!d(BADINDEX)");
    assertThat(GoFormat.format("%*d", List.of("x", 1L), 100)).isEqualTo("%!(BADWIDTH)1");
    assertThat(GoFormat.format("%.*d", List.of("x", 1L), 100)).isEqualTo("%!(BADPREC)1");
    assertThat(GoFormat.format("%9999999d", List.of(1L), 100))
        .isEqualTo("%!(NOVERB)%!(EXTRA int=1)");
    assertThat(GoFormat.format("%d", Arrays.asList((Object) null), 100)).isEqualTo("%!d(<nil>)");
  }

  @Test
  void formatsListsAndMaps() {
    Object map = Map.of("b", List.of(2L, true), "a", "x");

    assertThat(GoFormat.format("%v", List.of(map), 100)).isEqualTo("map[a:x b:[2 true]]");
    assertThat(GoFormat.format("%03d", List.of(List.of(1L, 2L)), 100)).isEqualTo("[001 002]");
    assertThat(GoFormat.format("%#v", List.of(map), 100))
        .isEqualTo("map[string]interface {}{\"a\":\"x\", \"b\":[]interface {}{2, true}}");
  }

  @Test
  void refusesMoreThanTheLimit() {
    String format = "%999999d".repeat(10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GoFormat.format(format, List.of(1L, 1L, 1L), 1_500_000))
        .withMessage("result is too large");
  }

  @Property
  void takesAnyFormat(@ForAll String format, @ForAll List<String> operands) {
    assertThat(GoFormat.format(format, operands, 10_000_000)).isNotNull();
  }
}
