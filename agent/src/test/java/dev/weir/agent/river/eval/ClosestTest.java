package dev.weir.agent.river.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {
  private static final List<String> KNOWN =
      List.of("url", "batch_wait", "batch_size", "labels", "loki.source.docker", "loki.echo");

  @ParameterizedTest
  @CsvSource({
    "lables, labels",
    "label, labels",
    "labelsx, labels",
    "btach_wiat, batch_wait",
    "loki.source.dcoker, loki.source.docker",
    "loki.ehco, loki.echo",
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(Closest.to(written, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"uri", "lebals", "size", "loki.write", "labels", "loki.source.file", "''"})
  void findsNothingInWhatIsFarAway(String written) {
    assertThat(Closest.to(written, KNOWN)).isEmpty();
  }

  @Test
  void prefersTheClosest() {
    assertThat(Closest.hint("batch_sixe", List.of("batch_side_", "batch_size")))
        .isEqualTo("; did you mean \"batch_size\"?");
  }
}
