package dev.weir.agent.loki.source.podlogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.loki.source.podlogs.LokiSourcePodlogs.Arguments;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The API server is fabric8's mock in the test's own process: it keeps namespaces, pods and
/// `PodLogs`, tells of their changes, and gives the logs that it was told.
class LokiSourcePodlogsTest {
  private static final String PAST = "2026-11-22T10:00:00.000000001Z ";

  @TempDir Path storage;
  private final ApiServer api = ApiServer.withObjects();
  private final CollectingReceiver receiver = new CollectingReceiver();
  private TestContext context;
  private @Nullable LokiSourcePodlogs component;
  private @Nullable RunningComponent running;

  @BeforeEach
  void makeCluster() {
    context = new TestContext("loki.source.podlogs.test", storage);
    namespace("sales", "gold");
    namespace("stock", "iron");
    pod("sales", "shop");
    pod("stock", "depot");
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    api.close();
  }

  private void namespace(String name, String tier) {
    api.client()
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("tier", tier)
                .endMetadata()
                .build())
        .create();
  }

  /// A pod that has ended, with one line in its log.
  private void pod(String namespace, String name) {
    api.log(namespace, name, "web", PAST + name + " says hello\n");
    api.client()
        .pods()
        .inNamespace(namespace)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .addNewContainer()
                .withName("web")
                .withImage("shop:1")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build())
        .create();
  }

  private void podLogs(String name, String labels, String spec) {
    String yaml =
        """
        apiVersion: monitoring.grafana.com/v1alpha2
        kind: PodLogs
        metadata: {name: %s, namespace: sales, labels: {%s}}
        spec: %s
        """
            .formatted(name, labels, spec);
    var object = new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    api.client()
        .genericKubernetesResources(PodLogsObject.KIND)
        .inNamespace("sales")
        .resource(object)
        .create();
  }

  private Arguments arguments(String more) {
    return RiverArguments.decode(
        "forward_to = [receiver]\nclient {\n" + api.river() + "\n}\n" + more,
        Arguments.class,
        receiver);
  }

  private LokiSourcePodlogs start(String more) {
    var made = new LokiSourcePodlogs(arguments(more), context);
    component = made;
    running = new RunningComponent(made);
    return made;
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactlyInAnyOrder(lines));
  }

  private Health health() {
    return component == null
        ? new Health(Health.State.UNKNOWN, "", context.clock().instant())
        : component.health().orElseThrow();
  }

  @Test
  void labelsEntriesByTheRelabelingsOfThePodLogs() {
    podLogs(
        "web",
        "",
        """
        {selector: {matchLabels: {app: shop}}, relabelings: [
          {sourceLabels: [__meta_kubernetes_pod_label_app], targetLabel: app},
          {sourceLabels: [__meta_kubernetes_namespace_label_tier], targetLabel: tier},
          {sourceLabels: [__meta_kubernetes_podlogs_name], targetLabel: by, action: Replace}]}\
        """);
    start("");
    awaitLines("shop says hello");

    SeenEntry seen = receiver.entries().getFirst();
    assertThat(seen.labels())
        .isEqualTo(
            Map.of(
                "app", "shop",
                "tier", "gold",
                "by", "web",
                "job", "sales/web",
                "instance", "sales/shop:web"));
    assertThat(seen.timestamp() % 1_000_000_000).isEqualTo(1);
    assertThat(context.scrape()).contains("loki_source_podlogs_target_entries_total");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{selector: {}} | shop says hello,depot says hello",
        "{selector: {}, namespaceSelector: {matchLabels: {tier: iron}}} | depot says hello",
        "{selector: {matchExpressions: [{key: app, operator: NotIn, values: [shop]}]}} | depot says hello",
        "{selector: {}, relabelings: [{sourceLabels: [__meta_kubernetes_pod_name], regex: shop, action: keep}]} | shop says hello",
      })
  void readsThePodsThatItsSelectorsChoose(String spec, String expected) {
    podLogs("all", "", spec);
    start("");

    awaitLines(expected.split(",", -1));
  }

  @Test
  void looksOnlyAtPodLogsThatItsOwnSelectorsChoose() {
    podLogs("mine", "team: a", "{selector: {matchLabels: {app: shop}}}");
    podLogs("others", "team: b", "{selector: {matchLabels: {app: depot}}}");
    start(
        """
        selector {
          match_expression {
            key = "team"
            operator = "In"
            values = ["a"]
          }
        }
        namespace_selector { match_labels = {tier = "gold"} }
        """);

    awaitLines("shop says hello");
  }

  @Test
  void followsPodLogsAndPodsThatComeAndArgumentsThatChange() {
    LokiSourcePodlogs made = start("preserve_discovered_labels = true");
    await().untilAsserted(() -> assertThat(health().state()).isEqualTo(Health.State.HEALTHY));
    podLogs("late", "team: a", "{selector: {matchLabels: {app: shop}}}");
    awaitLines("shop says hello");
    assertThat(receiver.entries().getFirst().labels())
        .containsEntry("__meta_kubernetes_pod_label_app", "shop")
        .containsEntry("__meta_kubernetes_podlogs_label_team", "a");

    podLogs("later", "team: b", "{selector: {matchLabels: {app: new}}}");
    pod("stock", "new");
    awaitLines("shop says hello", "new says hello");

    made.update(arguments("selector {\nmatch_labels = {team = \"c\"}\n}"));
    podLogs("last", "team: c", "{selector: {matchLabels: {app: depot}}}");
    awaitLines("shop says hello", "new says hello", "depot says hello");
  }

  @Test
  void leavesOutWhatIsOlderThanItsFirstStartIfToldSo() {
    podLogs("all", "", "{selector: {matchLabels: {app: shop}}}");
    api.log("sales", "shop", "web", PAST + "long ago\n" + "2200-01-01T00:00:00Z in the future\n");
    start("tail_from_end = true");

    awaitLines("in the future");
  }

  @Test
  void saysWhatIsWrongWithOnePodLogsAndServesTheOthers() {
    podLogs("bad", "", "{selector: {}, relabelings: [{regex: '(', targetLabel: x}]}");
    podLogs("worse", "", "{selector: {matchExpressions: [{key: a, operator: Like}]}}");
    podLogs("good", "", "{selector: {matchLabels: {app: shop}}}");
    LokiSourcePodlogs made = start("");
    awaitLines("shop says hello");

    assertThat(made.debugInfo().orElseThrow().toString())
        .contains("name=bad, containers=0, reconcileError=error parsing regexp")
        .contains("name=worse, containers=0, reconcileError=operator \"Like\" must be \"In\"")
        .contains("name=good, containers=1, reconcileError=]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "clustering {;enabled = true;} | clustering is not implemented",
        "selector {;match_expression {;key = `a`;operator = `Like`;};} | operator `Like` must be",
        "selector {;match_expression {;key = `a`;operator = `In`;};} | values must not be empty",
      })
  void refusesWhatItCannotDo(String more, String message) {
    assertThatThrownBy(() -> arguments(more.replace(';', '\n').replace('`', '"')))
        .hasStackTraceContaining(message.replace('`', '"'));
  }
}
