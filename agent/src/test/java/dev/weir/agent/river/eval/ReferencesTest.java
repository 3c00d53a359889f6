package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.Diagnostic;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  @Test
  void findsEveryPathInSourceOrder() {
    assertThat(
            References.of(
                Texts.block(
                    """
                    loki.process "x" {
                      forward_to = [loki.write.default.receiver, loki.echo.b.receiver]
                      labels     = {a = string.join(local.file.f.content, ","), b = -(x.y[z.w]).v}

                      stage.drop {
                        value = "lit" + env("HOME") + module_path
                      }
                    }
                    """)))
        .extracting(Reference::text)
        .containsExactly(
            "loki.write.default.receiver",
            "loki.echo.b.receiver",
            "local.file.f.content",
            "x.y",
            "z.w",
            "module_path");
  }

  @Test
  void knowsWhereAPathStands() {
    Reference reference = References.of(Texts.parse("1 + a.b.c")).getFirst();

    assertThat(reference.path()).containsExactly("a", "b", "c");
    assertThat(reference.span().text()).isEqualTo("a.b.c");
    assertThat(reference.span().start().column()).isEqualTo(5);
  }

  @Test
  void remarksOnFunctionsThatAreOldOrTooNew() {
    String text = "array.group_by(concat([sys.env(env(\"A\"))], a.concat), \"k\", true)";

    assertThat(References.functions(Texts.parse(text), EvaluationOptions.SETTLED))
        .extracting(Diagnostic::summary)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("test.river:1:1: array.group_by is at stability level"),
            second ->
                assertThat(second)
                    .startsWith("test.river:1:16: this stdlib function is deprecated"),
            third ->
                assertThat(third)
                    .startsWith("test.river:1:32: this stdlib function is deprecated"));
    assertThat(References.functions(Texts.parse(text), new EvaluationOptions(true))).hasSize(2);
  }
}
