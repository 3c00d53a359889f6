package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.Diagnostic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final Map<String, @Nullable Object> VARIABLES =
      Map.of(
          "list", List.of(1, "two", List.of(3)),
          "object", Map.of("key", Map.of("inner", "x")),
          "secret", new Secret("hush"),
          "plain", new OptionalSecret(false, "seen"),
          "hidden", new OptionalSecret(true, "hush"));

  private static Scope scope() {
    var variables = new java.util.HashMap<String, Value>();
    VARIABLES.forEach((name, value) -> variables.put(name, Encoder.value(value)));
    return new Scope(variables);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          null => null
          true => true
          15 => 15
          010 => 8
          0 => 0
          089 => 89
          9223372036854775807 => 9223372036854775807
          99999999999999999999 => 100000000000000000000
          1.5 => 1.5
          .5 => 0.5
          1. => 1
          1e3 => 1000
          1E-3 => 0.001
          "a\\tb" => "a\\tb"
          "\\x41\\102\\u0043\\U0001F600" => "ABC😀"
          "\\xc3\\xa9" => "é"
          `raw\\n` => "raw\\\\n"
          [] => []
          [1, "a", [true]] => [1, "a", [true]]
          (1 + 2) * 3 => 9
          1 + 2 * 3 => 7
          7 / 2 => 3
          -7 / 2 => -3
          -7 % 3 => -1
          7 / 2.0 => 3.5
          7.5 % 2 => 1.5
          2 ^ 3 ^ 2 => 512
          2 ^ -1 => 2
          2 ^ 0.5 => 1.4142135623730951
          3 ^ 4611686018427387904 => 1
          9223372036854775807 + 1 => -9223372036854775808
          -3 => -3
          -(2.5) => -2.5
          !false => true
          "a" + "b" => "ab"
          "a" < "b" => true
          "\\uffff" < "\\U0001F600" => true
          "a" >= "b" => false
          1 < 1.5 => true
          2 <= 2 => true
          3 > 4 => false
          3 == 3.0 => true
          3 == "3" => false
          null == null => true
          null == false => false
          [1, 2.0] == [1.0, 2] => true
          [1] == [1, 2] => false
          {a = 1, b = [2]} == {b = [2], a = 1} => true
          {a = 1} == {b = 1} => false
          {a = 1} != {a = 2} => true
          string.join == string.join => false
          true || false => true
          true && false => false
          [1, 2, 3][1] => 2
          [1, 2, 3][1.9] => 2
          {a = {b = 5}}.a.b => 5
          {a = 1}["a"] => 1
          {"a b" = 1}["a b"] => 1
          {a = 1}["b"] => null
          {a = 1, a = 2}.a => 2
          """)
  void computes(String expression, String result) {
    assertThat(Texts.show(expression)).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          unknown => test.river:1:1: identifier "unknown" does not exist
          object.nothing => test.river:1:8: field "nothing" does not exist
          "a".b => test.river:1:1: "a" cannot access field "b" on value of type string
          secret.b => test.river:1:1: secret expected object or array or a capsule convertible to an object, got capsule
          secret["b"] => test.river:1:1: secret expected object or array or a capsule convertible to an object, got capsule
          5[0] => test.river:1:1: 5 expected object or array, got number
          [1, 2][2] => test.river:1:8: 2 index 2 is out of range of array with length 2
          [1, 2][-1] => test.river:1:8: -1 index -1 is out of range of array with length 2
          [1]["a"] => test.river:1:5: "a" should be number, got string
          object[0] => test.river:1:8: 0 should be string, got number
          list() => test.river:1:1: list should be function, got array
          1 / 0 => test.river:1:5: 0 divide by zero error
          1 % 0.0 => test.river:1:5: 0.0 divide by zero error
          1 + "a" => test.river:1:5: "a" should be number, got string
          "a" + 1 => test.river:1:7: 1 should be string, got number
          "a" - 1 => test.river:1:1: "a" should be one of [number] for binop -, got string
          1 * true => test.river:1:5: true should be one of [number] for binop *, got bool
          [] + 1 => test.river:1:1: [] should be one of [number string capsule] for binop +, got array
          null + 1 => test.river:1:1: null should be one of [number string capsule] for binop +, got null
          1 < true => test.river:1:5: true should be one of [number string] for binop <, got bool
          1 < "a" => test.river:1:5: "a" should be number, got string
          true && 1 => test.river:1:9: 1 should be one of [bool] for binop &&, got number
          false && unknown => test.river:1:10: identifier "unknown" does not exist
          !1 => test.river:1:2: 1 should be bool, got number
          -"a" => test.river:1:2: "a" should be number, got string
          -(true) => test.river:1:2: (true) should be number, got bool
          secret + 1 => test.river:1:10: 1 should be capsule, got number
          1 + secret => test.river:1:5: secret should be number, got capsule
          1e999 => test.river:1:1: number 1e999 is out of range
          """)
  void refuses(String expression, String message) {
    assertThat(Texts.refusal(expression, scope()).summary()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0} is {1} holding {2}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          secret + "a" => Secret => husha
          "a" + secret => Secret => ahush
          secret + secret => Secret => hushhush
          plain + secret => Secret => seenhush
          secret + plain => Secret => hushseen
          hidden + "a" => OptionalSecret => husha
          "a" + hidden => OptionalSecret => ahush
          hidden + plain => OptionalSecret => hushseen
          plain + plain => OptionalSecret => seenseen
          plain + "a" => String => seena
          "a" + plain => String => aseen
          """)
  void joinsSecrets(String expression, String type, String content) {
    Value value = Texts.evaluate(expression, scope());

    Object joined =
        switch (value) {
          case Value.CapsuleValue capsule -> capsule.object();
          case Value.StringValue text -> text.text();
          default -> value;
        };
    assertThat(joined.getClass().getSimpleName()).isEqualTo(type);
    String revealed =
        switch (joined) {
          case Secret secret -> secret.reveal();
          case OptionalSecret secret -> secret.reveal();
          default -> joined.toString();
        };
    assertThat(revealed).isEqualTo(content);
  }

  @Test
  void comparesSecretsByContent() {
    assertThat(List.of("secret == \"hush\"", "secret == hidden", "\"seen\" == plain"))
        .allSatisfy(
            text -> assertThat(Texts.evaluate(text, scope())).isEqualTo(new Value.BoolValue(true)));
  }

  @Test
  void hidesSecretsInEveryText() {
    Value value = Texts.evaluate("[secret + \"x\", hidden, {a = secret}]", scope());

    assertThat(value.toString()).doesNotContain("hush");
    assertThat(ValueText.of(value)).doesNotContain("hush").contains("(secret)");
  }

  @Test
  void letsVariablesHideTheStandardLibrary() {
    assertThat(Texts.evaluate("string", Texts.scope("string", 1)))
        .isEqualTo(new Value.NumberValue(1L));
  }

  @Test
  void keepsUnusedSecretOfAnErrorOutOfItsMessage() {
    Diagnostic diagnostic = Texts.refusal("string.to_lower(secret)", scope());

    assertThat(diagnostic.toString()).doesNotContain("hush");
    assertThat(diagnostic.message()).isEqualTo("secret secrets may not be converted into strings");
  }

  @Test
  void showsTheValueWhereTheFileDoesNot() {
    Diagnostic indirect = Texts.refusal("string.join(list, \",\")", scope());
    Diagnostic literal = Texts.refusal("string.join([1, [2]], \",\")", scope());

    assertThat(indirect.message()).isEqualTo("list[2] should be string, got array");
    assertThat(indirect.value()).isEqualTo("[3]");
    assertThat(literal.message()).isEqualTo("[2] should be string, got array");
    assertThat(literal.value()).isNull();
  }

  @Test
  void evaluatesDeepExpressions() {
    String deep = "(".repeat(200) + "1" + ")".repeat(200);

    assertThat(Texts.show(deep)).isEqualTo("1");
    assertThat(Texts.show(String.join("+", Arrays.asList("1", "1", "1")))).isEqualTo("3");
  }
}
