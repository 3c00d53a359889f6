package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever the text: a value or diagnostics, and no secret in them.
class EvaluatorFuzzTest {
  private static final Scope SCOPE =
      new Scope(
          Map.of(
              "secret", Encoder.value(new Secret("hush-hush-hush")),
              "list", Encoder.value(List.of(1, "two", Map.of("three", 3)))),
          new EvaluationOptions(true));

  @FuzzTest
  void givesAValueOrDiagnostics(FuzzedDataProvider data) {
    evaluate(data.consumeRemainingAsString());
  }

  @Test
  void bearsDeepNesting() {
    evaluate("[".repeat(100_000));
    evaluate("(".repeat(400) + "1" + ")".repeat(400));
    evaluate("-".repeat(400) + "1");
    evaluate("!".repeat(5000) + "true");
    evaluate("1" + "+1".repeat(5_000));
    evaluate("list" + "[0]".repeat(5_000));
    evaluate("encoding.from_json(\"" + "[".repeat(50_000) + "\")");
    evaluate("string.to_lower(".repeat(300) + "\"A\"" + ")".repeat(300));
  }

  private static void evaluate(String text) {
    try {
      Value value = Evaluator.evaluate(Parser.parseExpression(SourceFile.of("fuzz", text)), SCOPE);
      assertThat(ValueText.of(value) + AlloyJson.value(value))
          .satisfiesAnyOf(
              shown -> assertThat(shown).doesNotContain("hush-hush-hush"),
              _ -> assertThat(text).contains("nonsensitive"));
    } catch (DiagnosticsException e) {
      assertThat(e.diagnostics()).isNotEmpty();
    }
  }
}
