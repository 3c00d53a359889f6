package dev.weir.agent.loki.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.loki.source.kubernetes.LokiSourceKubernetes.Arguments;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiSourceKubernetesTest {
  private static final String POD = "/api/v1/namespaces/sales/pods/shop-1";
  private static final String LOG = POD + "/log?container=web&follow=true&timestamps=true";
  private static final String SINCE = "&sinceTime=2026-11-22T10%3A00%3A00Z";
  private static final String FIRST =
      "2026-11-22T10:00:00.000000001Z one\n2026-11-22T10:00:00.000000002Z two\n"
          + "2026-11-22T10:00:00.000000002Z two\n";

  @TempDir Path storage;
  private final ApiServer api = ApiServer.withAnswers();
  private final CollectingReceiver receiver = new CollectingReceiver();
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.source.kubernetes.test", storage);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  @Test
  void collectsLinesWithTheirTimesAndLabels() throws Exception {
    answers(POD, pod("Succeeded", 0));
    answers(LOG, FIRST);

    try (var _ = running("")) {
      awaitLines("one", "two", "two");
    }

    var first = receiver.entries().getFirst();
    assertThat(first.timestamp())
        .isEqualTo(Instant.parse("2026-11-22T10:00:00Z").getEpochSecond() * 1_000_000_000L + 1);
    assertThat(first.labels())
        .isEqualTo(
            Map.of(
                "app", "shop",
                "job", "loki.source.kubernetes.test",
                "instance", "sales/shop-1:web"));
    assertThat(context.scrape()).contains("loki_source_kubernetes_target_entries_total");
  }

  @Test
  void goesOnBehindTheLastConfirmedLineAfterAnotherStart() throws Exception {
    answers(POD, pod("Succeeded", 0));
    answers(LOG, FIRST);
    answers(
        LOG + SINCE,
        FIRST + "2026-11-22T10:00:00.000000002Z two\n" + "2026-11-22T10:00:01.5Z three\n");

    try (var _ = running("")) {
      awaitLines("one", "two", "two", "two", "three");
    }
    try (var component = running("")) {
      component.awaitHealth(Health.State.HEALTHY);
      await().until(() -> component.isOver());
    }

    assertThat(receiver.lines()).containsExactly("one", "two", "two", "two", "three");
  }

  @Test
  void goesOnWhereAlloyHasStopped() throws Exception {
    Path file = context.dataPath().resolve("positions.yml");
    Files.createDirectories(context.dataPath());
    Files.writeString(
        file,
        """
        positions:
          ? path: cursor-sales/shop-1:web:uid-1
            labels: '{app="shop", instance="sales/shop-1:web", job="loki.source.kubernetes.test"}'
          : "1795341600000000"
        """);
    answers(POD, pod("Succeeded", 0));
    answers(LOG + SINCE, "2026-11-22T09:59:59.9Z older\n" + FIRST);

    try (var _ = running("")) {
      awaitLines("two", "two");
    }
    try (var component = running("")) {
      component.awaitHealth(Health.State.HEALTHY);
      await().until(() -> component.isOver());
    }

    assertThat(receiver.lines()).containsExactly("two", "two");
    assertThat(file.resolveSibling("positions.yml.before")).exists();
  }

  @Test
  void readsAgainWhatWasNotDelivered() throws Exception {
    answers(POD, pod("Running", 0));
    answers(LOG, FIRST);
    receiver.holdDeliveries();

    try (var _ = running("")) {
      awaitLines("one", "two", "two");
      receiver.failAll();
      awaitLines("one", "two", "two", "one", "two", "two");
      receiver.confirmAll();
    }
  }

  @Test
  void namesTheContainerOfWhichNothingIsConfirmed() throws Exception {
    answers(POD, pod("Running", 0));
    answers(LOG, FIRST);
    answers(LOG + SINCE, FIRST);
    context.stallTimeout(Duration.ZERO);
    receiver.holdDeliveries();

    try (var component = running("")) {
      await()
          .untilAsserted(() ->
              assertThat(component.health().message())
                  .startsWith("sales/shop-1:web: 9 bytes wait and nothing was confirmed for "));
      assertThat(component.health().state()).isEqualTo(Health.State.UNHEALTHY);
      receiver.confirmAll();
      component.awaitHealth(Health.State.HEALTHY);
      assertThat(context.scrape())
          .containsPattern(
              "loki_source_kubernetes_target_last_confirmed_age_seconds\\{.*instance=");
    }
  }

  @Test
  void readsWhatARestartedContainerHadWrittenBefore() throws Exception {
    api.server().expect().get().withPath(POD).andReturn(200, pod("Running", 0)).once();
    answers(POD, pod("Running", 1));
    answers(LOG, FIRST);
    answers(
        POD + "/log?container=web&previous=true&timestamps=true" + SINCE,
        FIRST + "2026-11-22T10:00:00.7Z last words\n");
    answers(LOG + SINCE, "2026-11-22T10:00:02Z begun\n");

    try (var _ = running("")) {
      awaitLines("one", "two", "two", "last words", "begun");
    }
  }

  @Test
  void countsLinesWithoutTimeAndSaysWhatTheServerAnswers() throws Exception {
    answers(POD, pod("Running", 0));
    api.server().expect().get().withPath(LOG).andReturn(200, "unable to retrieve\n").once();
    api.server().expect().get().withPath(LOG).andReturn(403, "pods/log is forbidden").always();

    try (var component = running("")) {
      component.awaitHealth(Health.State.UNHEALTHY);
      assertThat(component.health().message())
          .contains("sales/shop-1:web")
          .contains("403: pods/log is forbidden");
    }
    assertThat(context.scrape())
        .containsPattern("loki_source_kubernetes_target_parsing_errors_total\\{.*} 1");
  }

  @Test
  void takesOtherTargetsInPlace() throws Exception {
    answers(POD, pod("Succeeded", 0));
    answers(LOG, FIRST);
    answers(LOG.replace("=web", "=proxy"), "2026-11-22T10:00:05Z proxied\n");

    try (var component = running("")) {
      awaitLines("one", "two", "two");
      component.update(arguments("proxy", ""));
      awaitLines("one", "two", "two", "proxied");
    }
  }

  @Test
  void refusesTargetsThatLeadToNoContainer() {
    String river = "targets = [{__address__ = \"a\"}]\nforward_to = [receiver]";
    Arguments arguments = RiverArguments.decode(river, Arguments.class, receiver);

    assertThatThrownBy(() -> new LokiSourceKubernetes(arguments, context))
        .isInstanceOf(ComponentException.class)
        .hasMessage("a target has neither __pod_namespace__ nor __meta_kubernetes_namespace");
  }

  @Test
  void refusesClustering() {
    assertThatThrownBy(() -> arguments("web", "clustering {\nenabled = true\n}"))
        .hasMessageContaining("clustering is not implemented");
    assertThat(arguments("web", "clustering {\nenabled = false\n}").clustering()).isNotNull();
  }

  private void answers(String path, Object body) {
    api.server().expect().get().withPath(path).andReturn(200, body).always();
  }

  private static Pod pod(String phase, int restarts) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("sales")
        .withName("shop-1")
        .withUid("uid-1")
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Always")
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .addNewContainerStatus()
        .withName("web")
        .withRestartCount(restarts)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private Arguments arguments(String container, String more) {
    String river =
        """
        targets = [{
          __meta_kubernetes_namespace = "sales",
          __meta_kubernetes_pod_name = "shop-1",
          __meta_kubernetes_pod_container_name = "%s",
          __meta_kubernetes_pod_uid = "uid-1",
          app = "shop",
        }]
        forward_to = [receiver]
        client {
          %s
        }
        %s
        """
            .formatted(container, api.river(), more);
    return RiverArguments.decode(river, Arguments.class, receiver);
  }

  private Started running(String more) throws ComponentException {
    return new Started(new LokiSourceKubernetes(arguments("web", more), context));
  }

  private static final class Started implements AutoCloseable {
    private final LokiSourceKubernetes component;
    private final RunningComponent running;

    Started(LokiSourceKubernetes component) {
      this.component = component;
      this.running = new RunningComponent(component);
    }

    Health health() {
      return component.health().orElseThrow();
    }

    void update(Arguments arguments) throws ComponentException {
      component.update(arguments);
    }

    boolean isOver() {
      return component.debugInfo().orElseThrow().toString().contains("isRunning=false");
    }

    void awaitHealth(Health.State state) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> component.health().filter(health -> health.state() == state).isPresent());
    }

    @Override
    public void close() {
      running.close();
    }
  }

  private void awaitLines(String... lines) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }
}
