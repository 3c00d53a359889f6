package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import dev.weir.agent.component.Report;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an endpoint makes of the envelope that its pipeline runs in.
class EnvelopeTest {
  private static final Policy TEAM_A = new Policy("uid", Set.of("team-a"), "tenant-a", Egress.OPEN);

  @TempDir Path storage;
  private Sandbox sandbox;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.loopback().withClock(() -> Instant.ofEpochSecond(1000)));
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  private TestContext within(Policy policy) {
    return new TestContext("loki.write.test", storage, policy, new Buffers(1 << 20));
  }

  private String endpoint(String... more) {
    return Running.endpoint(sandbox.pushUrl().toString(), more);
  }

  private static void add(Batch batch, String line, String... labels) {
    Entry entry = batch.add();
    entry.labels(Labels.of(labels));
    entry.timestamp(batch.size() * 1_000_000_000L);
    entry.line(line);
  }

  @Test
  void sendsEverythingAsTheOneTenant() throws Exception {
    try (var write = new Running(within(TEAM_A), endpoint("tenant_id = \"other\""))) {
      Batch batch = write.batch();
      add(batch, "plain", "job", "x");
      add(batch, "labelled", "job", "x", "__tenant_id__", "victim");
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(sandbox.tenants()).containsExactly("tenant-a");
    }
  }

  @Test
  void dropsAndCountsEntriesOfOtherNamespaces() throws Exception {
    try (var write = new Running(within(TEAM_A), endpoint())) {
      Batch batch = write.batch();
      add(batch, "own", "namespace", "team-a");
      add(batch, "others", "namespace", "team-b");
      add(batch, "unnamed", "job", "x");
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(sandbox.entries("tenant-a", "{}"))
          .extracting(stored -> stored.line())
          .containsExactlyInAnyOrder("own", "unnamed");
      assertThat(write.metrics())
          .contains("reason=\"namespace_not_allowed\"")
          .containsPattern("loki_write_dropped_entries_total\\{.*namespace_not_allowed.*} 1\\.0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers = { \"X-Scope-OrgID\" = \"victim\" }",
        "http_headers = { \"x-scope-orgid\" = [\"victim\"] }",
        "headers = { \"Host\" = \"internal\" }",
        "http_headers = { \"Content-Length\" = [\"0\"] }",
        "batch_size = \"5MiB\"",
      })
  void refusesToBeMoreThanItsPart(String argument) {
    assertThatThrownBy(() -> new Running(within(TEAM_A), endpoint(argument)))
        .hasMessageContaining("pipeline");
  }

  @Test
  void retriesWhatEgressForbidsAndTellsOfIt() throws Exception {
    var egress = new Egress(List.of("127.0.0.0/8"), List.of(), false);
    var policy = new Policy("uid", null, null, egress);
    try (var write = new Running(within(policy), endpoint())) {
      write.send("line");

      await().until(() -> output(write).lastError() != null);
      assertThat(output(write).lastError())
          .matches(failure -> failure.code() == 0)
          .matches(failure -> failure.message().contains("denied range"));
      assertThat(output(write).waitingBytes()).isPositive();
      assertThat(write.metrics()).contains("loki_write_denied_requests_total");
      assertThat(sandbox.totals().entries()).isZero();
      assertThat(write.delivered()).isZero();
    }
  }

  private static Report.Output output(Running write) {
    return (Report.Output) write.component().report().orElseThrow();
  }

  @Test
  void showsNoSeriesBeforeItHasWork() throws Exception {
    try (var write = new Running(within(TEAM_A), endpoint())) {
      assertThat(write.metrics()).doesNotContain("loki_write_");
      write.send("line");
      await().until(() -> write.delivered() == 1);
      assertThat(write.metrics()).contains("loki_write_sent_entries_total");
    }
  }

  @Test
  void makesOnlyTheHolderOfTooMuchWait() throws Exception {
    var buffers = new Buffers(64 << 10);
    var dead = new Policy("dead", null, null, new Egress(List.of("127.0.0.0/8"), List.of(), false));
    var alive = new Policy("alive", null, null, Egress.OPEN);
    try (var blocked = new Running(new TestContext("dead", storage, dead, buffers), endpoint());
        var other = new Running(new TestContext("alive", storage, alive, buffers), endpoint())) {
      String line = "x".repeat(4096);
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    blocked.send(line);
                  }
                } catch (InterruptedException e) {
                  // The end.
                }
              });
      await().until(() -> buffers.used() >= 32 << 10);
      await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

      for (int i = 0; i < 100; i++) {
        other.send(line);
      }
      await().until(() -> other.delivered() == 100);
      assertThat(reader.getState()).isEqualTo(Thread.State.TIMED_WAITING);
      reader.interrupt();
      reader.join();
    }
    assertThat(buffers.used()).isZero();
  }
}
