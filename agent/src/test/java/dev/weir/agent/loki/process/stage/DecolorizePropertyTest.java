package dev.weir.agent.loki.process.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.regex.GoRegex;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecolorizePropertyTest {
  /// What the reference removes.
  private static final GoRegex SEQUENCES =
      GoRegex.compile(
          "[\u001B\u009B][[\\]()#;?]*(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\u0007)"
              + "|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))");

  private final RunningStages stages = RunningStages.river("stage.decolorize { }");

  @Property(tries = 3000)
  void removesWhatTheExpressionMatches(@ForAll("coloured") String line) {
    assertThat(stages.run(line).line()).isEqualTo(SEQUENCES.replaceAll(line, match -> ""));
  }

  @Provide
  Arbitrary<String> coloured() {
    return Arbitraries.strings()
        .withChars('\u001b', '\u001b', '\u009b', '\u0007', '[', ']', '(', ';', '?', '#')
        .withChars('1', '2', '0', 'm', 'A', 'Q', 'z', '=', ' ', 'é')
        .ofMaxLength(24);
  }
}
