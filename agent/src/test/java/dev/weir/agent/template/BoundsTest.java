package dev.weir.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates that would fill the heap, or go on for years.
class BoundsTest {
  /// A line as long as they come.
  private static final Map<String, Object> LONG =
      Map.of("line", "a\n".repeat(1 << 19), "text", "x".repeat(1 << 20));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ repeat 2000000000 \"xy\" }}",
        "{{ repeat 4611686020427387904 \"xy\" }}",
        "{{ indent 1000000 .line }}",
        "{{ nindent 1000000 .line }}",
        "{{ indent -1 .line }}",
        "{{ replace \"a\" .text .line }}",
        "{{ Replace .line \"a\" .text -1 }}",
        "{{ Replace .line \"a\" .text 1000000 }}",
        "{{ regexReplaceAll \"a\" .line .text }}",
        "{{ regexReplaceAll \"(.*)\" .text \"${1}${1}${1}${1}\" }}",
        "{{ regexReplaceAllLiteral \"a\" .line .text }}",
        "{{ join .text (until 100000) }}",
        "{{ substr -1 2000000000 .text }}",
        "{{ until 9223372036854775807 }}",
        "{{ untilStep -9223372036854775807 9223372036854775807 1 }}",
        "{{ range until 100000 }}{{ range until 100000 }}x{{ end }}{{ end }}",
        "{{ define \"a\" }}{{ template \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}",
        "{{ define \"a\" }}{{ if lt . 40 }}{{ template \"a\" (add . 1) }}{{ template \"a\" (add . 1) }}"
            + "{{ end }}{{ end }}{{ template \"a\" 0 }}",
        "{{ $x := .text }}{{ range until 100000 }}{{ $x = cat $x $x }}{{ end }}",
        "{{ $x := list 1 }}{{ range until 100000 }}{{ $x = concat $x $x }}{{ end }}",
        "{{ $x := list 1 }}{{ range until 100000 }}{{ $x = append $x 1 }}{{ end }}",
        "{{ $x := .text }}{{ range until 100000 }}{{ $y := regexMatch \"(x*)*y\" $x }}{{ end }}",
        "{{ range until 100000 }}{{ $.text }}{{ end }}"
      })
  void refusesWhatGrowsWithoutBounds(String template) {
    assertThatThrownBy(() -> Template.parse(template).execute(LONG))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ replace \"a\" \"bc\" .line | len }}",
        "{{ regexReplaceAll \"(a+)*$\" .text \"\" | len }}",
        "{{ indent 1 .line | upper | lower | trim | len }}",
        "{{ regexMatch \"^(x+x+)+y\" .text }}",
        "{{ untilStep 9223372036854775800 9223372036854775807 100 | len }}"
      })
  void letsOrdinaryWorkOnLongLinesPass(String template) throws Exception {
    assertThat(Template.parse(template).execute(LONG)).isNotEmpty();
  }

  @Test
  void countsStepsInBothDirections() throws Exception {
    assertThat(
            Template.parse("{{ untilStep 5 0 -2 }} {{ until 3 }} {{ until -2 }} {{ seq 3 1 }}")
                .execute(Map.of()))
        .isEqualTo("[5 3 1] [0 1 2] [] 3 2 1");
  }
}
