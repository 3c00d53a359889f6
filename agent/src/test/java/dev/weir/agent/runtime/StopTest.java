package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.testkit.TestRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How everything ends.
class StopTest {
  @TempDir private Path directory;
  private TestRuntime runtime;

  @BeforeEach
  void makeRuntime() {
    runtime = new TestRuntime(directory);
  }

  @AfterEach
  void stopRuntime() throws Exception {
    runtime.stop();
  }

  @Test
  void stopsSourcesBeforeWhatTheyFeedSoThatNothingIsLost() throws Exception {
    runtime.load(
        "test.pipe \"write\" { }",
        "test.pipe \"process\" { forward_to = [test.pipe.write.receiver] }",
        "test.pipe \"source\" { forward_to = [test.pipe.process.receiver] }");
    awaitEvent("started test.pipe.write");
    awaitEvent("started test.pipe.process");
    awaitEvent("started test.pipe.source");
    runtime.journal().clear();

    runtime.runtime().stop();

    assertThat(runtime.journal().events())
        .containsExactly(
            "accepted test.pipe.process",
            "accepted test.pipe.write",
            "stopped test.pipe.source",
            "accepted test.pipe.write",
            "stopped test.pipe.process",
            "stopped test.pipe.write");
    assertThat(runtime.runtime().ready()).isFalse();
  }

  /// Else a stop while Loki is down would take the time of every step of the way.
  @Test
  void sharesTheTimeToDrainAmongThoseThatEndOneAfterTheOther() throws Exception {
    runtime.load(
        "test.pipe \"write\" { }",
        "test.pipe \"source\" { forward_to = [test.pipe.write.receiver] }");
    awaitEvent("started test.pipe.write");
    awaitEvent("started test.pipe.source");

    runtime.runtime().stop();

    assertThat(runtime.components().drain("test.pipe.write"))
        .isLessThan(runtime.components().drain("test.pipe.source"));
  }

  @Test
  void removesTheMetersOfWhatItStops() throws Exception {
    runtime.load("test.exiting \"a\" { how = \"return\" }");
    assertThat(runtime.scrape()).contains("test_exits_total");

    runtime.runtime().stop();

    assertThat(runtime.scrape()).doesNotContain("test_exits_total");
  }

  @Test
  void endsAtOnceOnASecondRequest() throws Exception {
    runtime.load("test.stubborn \"a\" { }", "test.passthrough \"b\" { input = \"1\" }");
    awaitEvent("started test.stubborn.a");
    Thread first = Thread.ofVirtual().start(() -> stopOnce());
    awaitEvent("interrupted test.stubborn.a");

    runtime.runtime().stop();

    first.join();
    assertThat(runtime.journal().contains("stopped test.passthrough.b")).isTrue();
  }

  @Test
  void endsEvaluationBeforeItStopsComponents() throws Exception {
    runtime.load("test.ticker \"t\" { }", "test.passthrough \"a\" { input = test.ticker.t.value }");

    runtime.runtime().stop();
    runtime.journal().clear();
    runtime.components().publish("test.ticker.t", "late");

    assertThat(runtime.journal().events()).isEmpty();
  }

  private void stopOnce() {
    try {
      runtime.runtime().stop();
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEvent(String event) {
    await().untilAsserted(() -> assertThat(runtime.journal().events()).contains(event));
  }
}
