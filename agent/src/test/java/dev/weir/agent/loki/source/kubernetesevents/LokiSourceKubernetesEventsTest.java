package dev.weir.agent.loki.source.kubernetesevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.source.kubernetesevents.LokiSourceKubernetesEvents.Arguments;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiSourceKubernetesEventsTest {
  @TempDir Path storage;
  private final ApiServer api = ApiServer.withObjects();
  private final CollectingReceiver receiver = new CollectingReceiver();
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.source.kubernetes_events.test", storage);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  @Test
  void collectsEventsInTheOrderOfTheirTimesAndThenWhatHappens() throws Exception {
    create(event("second", "2026-11-22T10:00:02Z"));
    create(event("first", "2026-11-22T10:00:01Z"));

    try (var _ = running("")) {
      awaitLines(2);
      create(event("third", "2026-11-22T10:00:03Z"));
      awaitLines(3);
    }

    assertThat(receiver.entries())
        .extracting(entry -> entry.timestamp() / 1_000_000_000L % 60)
        .containsExactly(1L, 2L, 3L);
    assertThat(receiver.lines().getFirst())
        .startsWith("name=shop-1 kind=Pod objectAPIversion=v1 ")
        .endsWith(
            "sourcecomponent=kubelet sourcehost=worker-1 reason=BackOff type=Warning count=3"
                + " msg=\"first \\\"time\\\"\"");
    assertThat(receiver.entries().getFirst().labels())
        .isEqualTo(
            Map.of(
                "namespace", "sales",
                "job", "loki.source.kubernetes_events",
                "instance", "loki.source.kubernetes_events.test"));
  }

  @Test
  void repeatsNothingAfterAnotherStart() throws Exception {
    create(event("first", "2026-11-22T10:00:01Z"));
    create(event("second", "2026-11-22T10:00:01Z"));
    try (var _ = running("")) {
      awaitLines(2);
    }

    create(event("third", "2026-11-22T10:00:01Z"));
    try (var _ = running("")) {
      awaitLines(3);
    }

    assertThat(receiver.lines().getLast()).contains("third");
  }

  @Test
  void goesOnWhereAlloyHasStopped() throws Exception {
    Files.createDirectories(context.dataPath());
    Files.writeString(
        context.dataPath().resolve("positions.yml"),
        """
        positions:
          ? path: cursor-events
            labels: ""
          : "1795341602000000"
        """);
    create(event("first", "2026-11-22T10:00:01Z"));
    create(event("second", "2026-11-22T10:00:02Z"));
    create(event("third", "2026-11-22T10:00:03Z"));

    try (var _ = running("")) {
      awaitLines(2);
    }

    assertThat(receiver.lines().getFirst()).contains("second");
  }

  @Test
  void readsAgainWhatWasNotDelivered() throws Exception {
    create(event("first", "2026-11-22T10:00:01Z"));
    receiver.holdDeliveries();

    try (var _ = running("")) {
      awaitLines(1);
      receiver.failAll();
      awaitLines(2);
      receiver.confirmAll();
    }
  }

  @Test
  void writesJsonAndReadsTheNamespacesNamed() throws Exception {
    create(event("mine", "2026-11-22T10:00:01Z"));
    Event other = event("other", "2026-11-22T10:00:00Z");
    other.getMetadata().setNamespace("stock");
    create(other);

    try (var _ = running("log_format = \"json\"\nnamespaces = [\"sales\"]")) {
      awaitLines(1);
    }

    assertThat(receiver.lines().getFirst())
        .startsWith("{\"name\":\"shop-1\",\"kind\":\"Pod\",")
        .endsWith("\"count\":3,\"msg\":\"mine \\\"time\\\"\"}");
  }

  @Test
  void refusesWrongArguments() {
    assertThatThrownBy(() -> arguments("job_name = \"\""))
        .hasMessageContaining("job_name must not be an empty string");
    assertThatThrownBy(() -> arguments("log_format = \"xml\""))
        .hasMessageContaining("unknown log_format \"xml\"");
  }

  private void create(Event event) {
    api.client().resource(event).create();
  }

  private static Event event(String name, String time) {
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace("sales")
        .withName(name)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace("sales")
        .withName("shop-1")
        .endInvolvedObject()
        .withNewSource("kubelet", "worker-1")
        .withReason("BackOff")
        .withType("Warning")
        .withCount(3)
        .withLastTimestamp(time)
        .withMessage(name + " \"time\"")
        .build();
  }

  private Arguments arguments(String more) {
    String river = "forward_to = [receiver]\nclient {\n" + api.river() + "\n}\n" + more;
    return RiverArguments.decode(river, Arguments.class, receiver);
  }

  private RunningComponent running(String more) {
    return new RunningComponent(new LokiSourceKubernetesEvents(arguments(more), context));
  }

  private void awaitLines(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(receiver.lines()).hasSize(count));
  }
}
