package dev.weir.agent.loki;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void areSortedByNameAndPrintedAsLokiReadsThem() {
    Labels labels = Labels.of("b", "y\"z", "a", "x");

    assertThat(labels).hasToString("{a=\"x\", b=\"y\\\"z\"}");
  }

  @Test
  void givesTheSameObjectForTheSameChange() {
    Labels labels = Labels.of("job", "docker");

    assertThat(labels.with("stream", "stdout")).isSameAs(labels.with("stream", "stdout"));
    assertThat(labels.with("stream", "stderr").get("stream")).isEqualTo("stderr");
  }

  @Test
  void returnsItselfWhenAChangeChangesNothing() {
    Labels labels = Labels.of("job", "docker");

    assertThat(labels.with("job", "docker")).isSameAs(labels);
    assertThat(labels.without("absent")).isSameAs(labels);
  }

  @Test
  void dropsLabelsWithEmptyValues() {
    assertThat(Labels.of("a", "", "b", "c").with("b", "")).isSameAs(Labels.EMPTY);
  }

  @Test
  void isEqualByContentHoweverItWasMade() {
    Labels one = Labels.of("a", "1").with("b", "2").with("c", "3").without("b");

    assertThat(one)
        .isEqualTo(Labels.of("c", "3", "a", "1"))
        .hasSameHashCodeAs(Labels.of("a", "1", "c", "3"));
  }
}
