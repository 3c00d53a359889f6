package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardLibraryTest {
  private static final Scope EXPERIMENTAL = new Scope(Map.of(), new EvaluationOptions(true));

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          coalesce() => null
          coalesce("", 0, false, [], {}, null, "x", "y") => "x"
          coalesce([], null) => null
          coalesce(0, 1) => 1
          array.concat() => []
          array.concat([1], [], ["a", [2]]) => [1, "a", [2]]
          string.format("%s is %d, %5.2f%%", "a", 5, 99.5) => "a is 5, 99.50%"
          string.format("%v", [1, {a = null}]) => "[1 map[a:<nil>]]"
          string.join(["a", 1, "b"], ", ") => "a, 1, b"
          string.join([], ",") => ""
          string.replace("aXbXc", "X", "--") => "a--b--c"
          string.replace("a😀", "", "-") => "-a-😀-"
          string.split("/a/b", "/") => ["", "a", "b"]
          string.split("", ",") => [""]
          string.split("a😀", "") => ["a", "😀"]
          string.to_lower("ÄB") => "äb"
          string.to_upper("äß") => "Äß"
          string.trim("?!hi?!", "!?") => "hi"
          string.trim_prefix("helloworld", "hello") => "world"
          string.trim_suffix("helloworld", "hello") => "helloworld"
          string.trim_space("\\t\\u00a0 a \\n") => "a"
          file.path_join("this/is", "a/path") => "this/is/a/path"
          file.path_join("/a/../..", "b/./c//d/") => "/b/c/d"
          file.path_join("..", "../a") => "../../a"
          file.path_join("", "") => ""
          file.path_join("a", "..") => "."
          sys.env("WEIR_SURELY_UNSET") => ""
          encoding.from_base64("aGVsbG8=") => "hello"
          encoding.from_base64("aGVs\\nbG8=") => "hello"
          encoding.from_URLbase64("Pz8-") => "??>"
          encoding.to_base64("hello") => "aGVsbG8="
          encoding.to_URLbase64("??>") => "Pz8-"
          encoding.url_encode("a b*~&ü") => "a+b%2A~%26%C3%BC"
          encoding.url_decode("a+b%2A%c3%bc") => "a b*ü"
          encoding.to_json({b = [1, 2.5, null], a = "<x>"}) => "{\\"a\\":\\"\\\\u003cx\\\\u003e\\",\\"b\\":[1,2.5,null]}"
          encoding.from_json("[1, 2.5, true, null, \\"x\\"]") => [1, 2.5, true, null, "x"]
          encoding.from_json("7") / 2 => 3.5
          encoding.from_json("{\\"a\\": {\\"b\\": 1}}").a.b => 1
          encoding.from_yaml("a: [1, 1.5, 'x', true, null]").a => [1, 1.5, "x", true, null]
          encoding.from_yaml("7") / 2 => 3
          json_path("{\\"a\\": \\"b\\"}", ".a") => ["b"]
          json_path("{\\"a\\": \\"b\\"}", "$.a")[0] => "b"
          json_path("{\\"a\\": \\"b\\"}", "a") => ["b"]
          json_path("{\\"a\\": \\"b\\"}", ".nothing") => []
          json_path("[{\\"n\\": \\"x\\", \\"v\\": 1}, {\\"n\\": \\"y\\", \\"v\\": 2}]", "[?(@.n == \\"y\\")].v") => [2]
          json_path("[1, 2, 3, 4, 5]", "$[1:4:2]") => [2, 4]
          json_path("[1, 2, 3]", "$[-1]") => [3]
          json_path("[1, 2, 3]", "$[::-1]") => [3, 2, 1]
          json_path("[1, 2, 3]", "$[?(@ > 1 && !(@ == 3))]") => [2]
          json_path("{\\"a\\": {\\"b\\": 1}, \\"b\\": 2}", "$..b") => [2, 1]
          json_path("{\\"a\\": 1, \\"b\\": 2}", "$.*") => [1, 2]
          json_path("{\\"a\\": 1, \\"b\\": 2}", "$['b', 'a']") => [2, 1]
          json_path("[{\\"a\\": 1}, {\\"b\\": 2}]", "$[?(@.b)]") => [{
          """)
  void computes(String expression, String result) {
    assertThat(Texts.show(expression)).startsWith(result);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          string.split("a") => string.split expected 2 args, got 1
          string.format() => string.format expected at least 1 args, got 0
          string.to_lower([1]) => [1] should be string, got array
          string.join("a", ",") => "a" should be array, got string
          string.join(["a", true], ",") => true should be string, got bool
          array.concat([1], 2) => 2 should be array, got number
          encoding.from_json("{") => encoding.from_json invalid JSON at line 1, column 2
          encoding.from_json("") => encoding.from_json unexpected end of JSON input
          encoding.from_json("1 2") => encoding.from_json invalid JSON: more text after the document
          encoding.to_json(12) => encoding.to_json jsonEncode only supports map
          encoding.from_base64("a") => encoding.from_base64 illegal base64 data: wrong length or padding
          encoding.from_base64("????") => encoding.from_base64 illegal base64 data
          encoding.url_decode("%zz") => encoding.url_decode invalid URL escape "%zz"
          json_path("{}", "$[") => json_path invalid JSON path: unexpected the end of the path at character 3
          json_path("{}", "a b") => json_path invalid JSON path: unexpected " " at character 2
          array.group_by([], "a", true) => array.group_by is at stability level "experimental", which is below the minimum allowed stability level "generally-available". Use --stability.level command-line flag to enable "experimental" features
          string.nothing => field "nothing" does not exist
          """)
  void refuses(String expression, String message) {
    assertThat(Texts.refusal(expression, Scope.EMPTY).message()).isEqualTo(message);
  }

  @Test
  void knowsWhereItRuns() {
    ObjectValue constants = (ObjectValue) Texts.evaluate("constants");

    assertThat(constants.fields()).containsOnlyKeys("hostname", "os", "arch", "version");
    assertThat(constants.fields()).containsEntry("os", new StringValue("linux"));
    assertThat(Texts.show("constants.version")).startsWith("\"v");
    assertThat(Constants.os("Mac OS X")).isEqualTo("darwin");
    assertThat(Constants.arch("aarch64")).isEqualTo("arm64");
  }

  @Test
  void readsTheEnvironment() {
    String path = System.getenv("PATH");

    assertThat(Texts.evaluate("sys.env(\"PATH\")")).isEqualTo(new StringValue(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env(\"PATH\") == sys.env(\"PATH\")",
        "concat([1], [2]) == [1, 2]",
        "json_decode(\"[1]\") == [1]",
        "yaml_decode(\"- 1\") == [1]",
        "base64_decode(\"YQ==\") == \"a\"",
        "format(\"%d\", 1) == \"1\"",
        "join([\"a\"], \"\") == \"a\"",
        "replace(\"a\", \"a\", \"b\") == \"b\"",
        "split(\"a\", \"b\") == [\"a\"]",
        "to_lower(\"A\") == \"a\"",
        "to_upper(\"a\") == \"A\"",
        "trim(\"aba\", \"a\") == \"b\"",
        "trim_prefix(\"ab\", \"a\") == \"b\"",
        "trim_suffix(\"ab\", \"b\") == \"a\"",
        "trim_space(\" a \") == \"a\""
      })
  void stillKnowsTheOldNames(String expression) {
    assertThat(Texts.evaluate(expression)).isEqualTo(new BoolValue(true));
  }

  @Test
  void revealsSecretsOnlyWhenTold() {
    Scope scope = Texts.scope("secret", new Secret("hush"));

    assertThat(Texts.evaluate("convert.nonsensitive(secret)", scope))
        .isEqualTo(new StringValue("hush"));
    assertThat(Texts.evaluate("nonsensitive(secret)", scope)).isEqualTo(new StringValue("hush"));
    for (String text :
        List.of(
            "string.format(\"%s\", secret)",
            "encoding.to_json({a = secret})",
            "encoding.to_base64(secret)",
            "string.join([secret], \"\")")) {
      assertThat(Texts.refusal(text, scope).message())
          .endsWith("secrets may not be converted into strings");
    }
  }

  @Test
  void joinsMapsByKeys() {
    String left = "[{a = 1, b = \"x\"}, {a = 2, b = \"y\"}]";
    String right = "[{a = 1, c = \"z\"}]";

    Value inner =
        Texts.evaluate("array.combine_maps(" + left + ", " + right + ", [\"a\"])", EXPERIMENTAL);
    Value passing =
        Texts.evaluate(
            "array.combine_maps(" + left + ", " + right + ", [\"a\"], true)", EXPERIMENTAL);

    assertThat(inner).isEqualTo(Texts.evaluate("[{a = 1, b = \"x\", c = \"z\"}]"));
    assertThat(passing)
        .isEqualTo(Texts.evaluate("[{a = 1, b = \"x\", c = \"z\"}, {a = 2, b = \"y\"}]"));
  }

  @Test
  void groupsByAKey() {
    String list = "[{n = \"x\", a = \"1\"}, {n = \"y\"}, {n = \"z\", a = \"1\"}]";

    assertThat(Texts.evaluate("array.group_by(" + list + ", \"a\", true)", EXPERIMENTAL))
        .isEqualTo(
            Texts.evaluate(
                "[{a = \"1\", items = [{n = \"x\", a = \"1\"}, {n = \"z\", a = \"1\"}]}]"));
    assertThat(Texts.show("1")).isEqualTo("1");
    assertThat(Texts.evaluate("array.group_by(" + list + ", \"a\", false)[1].a", EXPERIMENTAL))
        .isEqualTo(new StringValue(""));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          array.combine_maps([{a = 1}], "a", ["a"]) => "a" should be array, got string
          array.combine_maps([{a = 1}], ["a"], ["a"]) => "a" should be object, got string
          array.combine_maps([], [], []) => [] combine_maps: merge conditions must not be empty
          array.group_by([{n = "a"}], "age") => array.group_by group_by: expected 3 arguments, got 2
          array.group_by("no", "age", false) => "no" should be array, got string
          array.group_by([], 123, false) => 123 should be string, got number
          array.group_by([], "a", "no") => "no" should be bool, got string
          array.group_by([{age = 20}], "age", false) => 20 should be string, got number
          """)
  void refusesExperimentally(String expression, String message) {
    assertThat(Texts.refusal(expression, EXPERIMENTAL).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string.replace(BIG, \"\", BIG)",
        "string.join([BIG, BIG, BIG, BIG, BIG, BIG, BIG, BIG], string.replace(BIG, \"a\", \"aaaaaa\"))",
        "string.split(string.replace(BIG, \"a\", \"aa\"), \"\")",
        "string.format(string.replace(\"123456789\", \"\", \"%999999d\"), 1, 2, 3, 4, 5, 6, 7, 8, 9)",
        "array.concat(string.split(BIG, \"\"), string.split(BIG, \"\"))"
      })
  void refusesToComputeTooMuch(String expression) {
    String big = "\"" + "a".repeat(200_000) + "\"";

    assertThat(Texts.refusal(expression.replace("BIG", big), Scope.EMPTY).message())
        .endsWith("is too large");
  }

  @Test
  void keepsIntegersOfJsonPaths() {
    assertThat(Texts.evaluate("json_path(\"[9007199254740993]\", \"$[0]\")[0]"))
        .isEqualTo(new NumberValue(9007199254740993L));
  }
}
