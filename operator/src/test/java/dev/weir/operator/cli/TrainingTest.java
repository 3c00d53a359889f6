package dev.weir.operator.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

final class TrainingTest {
  @Test
  void anOperatorDoesItsWorkOnceAndEnds() {
    assertThatCode(Training::run).doesNotThrowAnyException();
  }
}
