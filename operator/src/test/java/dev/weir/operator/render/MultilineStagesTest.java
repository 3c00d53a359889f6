package dev.weir.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.regex.GoRegex;
import dev.weir.operator.api.Multiline;
import dev.weir.operator.api.MultilineMode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultilineStagesTest {
  private static boolean begins(MultilineMode mode, String line) {
    var multiline = new Multiline(mode, null, 500, "3s");
    return GoRegex.compile(MultilineStages.firstLine(multiline)).find(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22 ERROR failed",
        "ERROR [main] failed",
        "{\"level\":\"error\"}",
        "Started in 3 s",
        "Ca",
        "panic: boom",
        "The server is up",
        "Valid until tomorrow",
        "é"
      })
  void beginsAnEntryWithAnOrdinaryLine(String line) {
    assertThat(begins(MultilineMode.AUTO, line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tat com.example.Shop.main(Shop.java:7)",
        "    ... 12 more",
        "Caused by: java.io.IOException: gone",
        "java.lang.IllegalStateException: boom",
        "Traceback (most recent call last):",
        "  File \"x.py\", line 1, in <module>",
        "ValueError: bad",
        "During handling of the above exception, another exception occurred:",
        "goroutine 1 [running]:",
        "main.main()",
        "exit status 2",
        ""
      })
  void goesOnWithTheLinesOfAStackTrace(String line) {
    assertThat(begins(MultilineMode.AUTO, line)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"JAVA", "PYTHON", "GO", "RUBY", "AUTO"})
  void isAnExpressionOfReasonableLength(MultilineMode mode) {
    String expression = MultilineStages.firstLine(new Multiline(mode, null, 500, "3s"));

    assertThat(expression).hasSizeLessThan(5_000);
    assertThat(Stream.of(" x", "\tx", "").anyMatch(GoRegex.compile(expression)::find)).isFalse();
  }
}
