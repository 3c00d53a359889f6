package dev.weir.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "front", "app.kubernetes.io/name", "shop", "size", "7");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | true",
        "app=web | true",
        "app == web | true",
        "app=db | false",
        "app!=db | true",
        "app!=web | false",
        "missing!=x | true",
        "missing=x | false",
        "missing= | false",
        "app | true",
        "missing | false",
        "!missing | true",
        "! app | false",
        "app in (db, web) | true",
        "app in (db) | false",
        "app notin (db,cache) | true",
        "missing notin (a) | true",
        "app notin (web) | false",
        "app.kubernetes.io/name=shop, tier in (front,back), !canary | true",
        "app=web,tier=back | false",
        "size>6 | true",
        "size > 7 | false",
        "size<8 | true",
        "app>1 | false",
      })
  void choosesAsKubernetesDoes(String selector, boolean expected) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=web", "app=web,", "app in web", "app in (a", "!app=web", "a b", "-a=b", "a=b c"})
  void refusesWhatIsNoSelectorAndSaysWhere(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invalid label selector \"" + selector + "\"");
  }

  @Test
  void choosesObjectsWithoutLabelsOnlyByWhatTheyLack() {
    assertThat(LabelSelector.parse("!app").matches(null)).isTrue();
    assertThat(LabelSelector.parse("app").matches(null)).isFalse();
  }
}
