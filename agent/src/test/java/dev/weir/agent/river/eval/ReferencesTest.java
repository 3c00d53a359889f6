package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

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
}
