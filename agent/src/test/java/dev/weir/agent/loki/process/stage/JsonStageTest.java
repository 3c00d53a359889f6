package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStageTest {
  private static final String LINE =
      "{\"level\":\"warn\",\"n\":1.50,\"big\":12345678901234567890,\"ok\":true,\"none\":null,"
          + "\"text\":\"a\\\"\\u00e9\",\"o\":{ \"b\" : [1, 2.0], \"a\":\"<x>\"},\"msg\":\"hi\"}";

  @Test
  void extractsFieldsWithTheirTypes() {
    var stages =
        stages(
            "expressions = { level = \"\", number = \"n\", ok = \"\", none = \"\", text = \"\", o ="
                + " \"\", missing = \"\" }");
    stages.run(LINE);

    assertThat(stages.extracted())
        .containsEntry("level", "warn")
        .containsEntry("number", 1.5)
        .containsEntry("ok", true)
        .containsEntry("none", null)
        .containsEntry("text", "a\"é")
        .containsEntry("o", "{\"a\":\"\\u003cx\\u003e\",\"b\":[1,2]}")
        .containsEntry("missing", null);
  }

  @Test
  void extractsWhatPathsLeadTo() {
    var stages =
        stages(
            "expressions = { first = \"o.b[0]\", inner = \"o.a\", nowhere = \"o.x.y\", list ="
                + " \"o.b\", size = \"length(o.b)\" }");
    stages.run(LINE);

    assertThat(stages.extracted())
        .containsEntry("first", 1.0)
        .containsEntry("inner", "<x>")
        .containsEntry("nowhere", null)
        .containsEntry("list", "[1,2]")
        .containsEntry("size", 2.0);
  }

  @Test
  void extractsFieldsByTheirNames() {
    var stages = stages("regex = \"^(level|msg)$\"");
    stages.run(LINE);

    assertThat(stages.extracted()).isEqualTo(Map.of("level", "warn", "msg", "hi"));
  }

  @Test
  void parsesAnExtractedValue() {
    var stages = stages("expressions = { level = \"\" }\nsource = \"from\"");
    stages.run("x", RunningStages.origin(Map.of("from", LINE)));

    assertThat(stages.extracted()).containsEntry("level", "warn");
  }

  @Test
  void writesLargeNumbersPlainly() {
    var stages = stages("expressions = { big = \"\" }\n}\nstage.output {\nsource = \"big\"");

    assertThat(stages.run(LINE).line()).isEqualTo("12345678901234567000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "{", "[1]", "1", "{\"level\":\"x\"", "{\"level\":\"x\"}}", "{\"level\"}"})
  void letsPassOrDropsWhatIsNoObject(String line) {
    var passing = stages("expressions = { level = \"\" }");
    var dropping = stages("expressions = { level = \"\" }\ndrop_malformed = true");
    dropping.send(line, entry -> {});

    assertThat(passing.run(line).line()).isEqualTo(line);
    assertThat(passing.extracted()).doesNotContainKey("level");
    assertThat(dropping.lines()).isEmpty();
  }

  @Test
  void standsDeepNesting() {
    var stages = stages("expressions = { level = \"\" }");
    String deep = "{\"a\":" + "[".repeat(9000) + "]".repeat(9000) + ",\"level\":\"x\"}";
    stages.run(deep);

    assertThat(stages.extracted()).containsEntry("level", "x");
  }

  @Test
  void refusesWhatIsNoExpression() {
    assertThat(StagesText.errorOf("stage.json { }"))
        .contains("JMES expressions or regex is required");
    assertThat(StagesText.errorOf("stage.json {\nexpressions = { a = \"b[\" }\n}"))
        .contains("could not compile JMES expression");
  }

  private static RunningStages stages(String arguments) {
    return RunningStages.river("stage.json {\n" + arguments + "\n}");
  }
}
