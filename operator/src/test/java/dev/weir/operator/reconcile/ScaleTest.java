package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.testkit.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScaleTest {
  private static final int PIPELINES = 1000;
  private static final int NAMESPACES = 100;
  private static final String LOKI = "https://loki.example.com/push";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aChangeAmongAThousandPipelinesIsAFewWrites() {
    for (int index = 0; index < NAMESPACES; index++) {
      cluster.namespace("ns-" + index, Map.of());
    }
    for (int index = 0; index < PIPELINES; index++) {
      cluster.apply(TestCluster.pipeline("ns-" + index % NAMESPACES, "p" + index, LOKI));
    }
    cluster.apply(TestCluster.OPEN_CLASS);

    cluster.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> cluster.files().size() == PIPELINES);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> statuses() >= PIPELINES);
    List<Write> first = cluster.operatorWrites();
    cluster.server().forgetWrites();
    cluster.apply(
        TestCluster.pipeline("ns-7", "p7", LOKI).replace("loki.example", "other.example"));
    await().until(() -> cluster.files().toString().contains("other.example"));
    await()
        .until(() ->
            TestCluster.condition(cluster.status("ns-7", "p7"), ConditionType.ACCEPTED)
                    .getObservedGeneration()
                == 2);

    assertThat(first)
        .as("configuration is written once, not once a pipeline")
        .filteredOn(write -> write.plural().equals("configmaps"))
        .hasSizeLessThanOrEqualTo(10);
    assertThat(cluster.operatorWrites())
        .filteredOn(write -> !write.plural().equals("events"))
        .extracting(Write::plural)
        .containsExactlyInAnyOrder("configmaps", "configmaps", "logpipelines", "logagentclasses");
  }

  /// Pipelines whose status tells all that there is to tell: no agent answers here.
  private long statuses() {
    return cluster
        .server()
        .client()
        .resources(LogPipeline.class)
        .inAnyNamespace()
        .list()
        .getItems()
        .stream()
        .filter(pipeline ->
            TestCluster.condition(pipeline.getStatus(), ConditionType.FLOW_HEALTHY).getStatus()
                != null)
        .count();
  }
}
