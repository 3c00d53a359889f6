package dev.weir.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.sandbox.LokiClient.Push;
import dev.weir.agent.sandbox.SandboxOptions.Mode;
import org.junit.jupiter.api.Test;

class CountingTest {
  private static Push push() {
    return Push.stream("{a=\"b\"}").entry(1, "one").entry(2, "three");
  }

  @Test
  void countsEntriesAndKeepsNothing() throws Exception {
    try (var sandbox = Sandbox.start(SandboxOptions.loopback().withMode(Mode.COUNT_ENTRIES));
        var loki = new LokiClient(sandbox)) {
      assertThat(loki.push(push()).statusCode()).isEqualTo(204);

      Totals totals = sandbox.totals();
      assertThat(totals.entries()).isEqualTo(2);
      assertThat(totals.lineBytes()).isEqualTo(8);
      assertThat(totals.decodedBytes()).isEqualTo(push().protobuf().length);
      assertThat(totals.heldEntries()).isZero();
    }
  }

  @Test
  void countsBytesWithoutLookingInside() throws Exception {
    try (var sandbox = Sandbox.start(SandboxOptions.loopback().withMode(Mode.COUNT_BYTES));
        var loki = new LokiClient(sandbox)) {
      assertThat(loki.push(push()).statusCode()).isEqualTo(204);
      assertThat(loki.push(push()).statusCode()).isEqualTo(204);

      Totals totals = sandbox.totals();
      assertThat(totals.pushes()).isEqualTo(2);
      assertThat(totals.bodyBytes()).isEqualTo(2L * push().body().length);
      assertThat(totals.decodedBytes()).isEqualTo(2L * push().protobuf().length);
    }
  }

  @Test
  void stepsOverALargeBodyToTheNextRequest() throws Exception {
    try (var sandbox = Sandbox.start(SandboxOptions.loopback().withMode(Mode.COUNT_BYTES));
        var loki = new LokiClient(sandbox)) {
      var large = Push.stream("{a=\"b\"}");
      for (int i = 0; i < 5_000; i++) {
        large.entry(i, Integer.toHexString(i * 0x9e3779b9) + " some more text " + i);
      }

      assertThat(loki.push(large).statusCode()).isEqualTo(204);
      long ofLarge = sandbox.totals().decodedBytes();
      assertThat(loki.push(push()).statusCode()).isEqualTo(204);

      assertThat(ofLarge).isGreaterThan(100_000);
      assertThat(sandbox.totals().decodedBytes()).isEqualTo(ofLarge + push().protobuf().length);
    }
  }
}
