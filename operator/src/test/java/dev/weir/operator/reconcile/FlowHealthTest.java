package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.api.PipelineStatus;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlowHealthTest {
  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private String uid() {
    return cluster
        .server()
        .client()
        .resources(LogPipeline.class)
        .inNamespace("team-a")
        .withName("shop")
        .get()
        .getMetadata()
        .getUid();
  }

  private PipelineStatus status() {
    return Objects.requireNonNull(cluster.status("team-a", "shop"));
  }

  private String revision() {
    return Objects.requireNonNull(status().revision());
  }

  private void running(int nodes) {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", "https://loki.example.com/push"));
    await().until(() -> cluster.daemonSet() != null);
    cluster.rollOut(nodes);
    cluster.awaitReason("shop", ConditionType.PROGRAMMED, "Pending");
  }

  @Test
  void aPipelineIsReadyOnceAllAgentsRunItAndFlowsOnceLinesArrive() {
    running(2);
    try (var one = new FakeAgent(cluster, "agent-1", "default");
        var two = new FakeAgent(cluster, "agent-2", "default")) {
      one.says(uid(), revision(), FakeAgent.output(10, 0, 0, "null"));
      await().until(() -> status().agents() != null && status().agents().applied() == 1);
      two.says(uid(), revision(), FakeAgent.output(10, 0, 0, "null"));
      cluster.awaitReason("shop", ConditionType.READY, "Ready");
      cluster.awaitReason("shop", ConditionType.FLOW_HEALTHY, "Idle");

      one.says(uid(), revision(), FakeAgent.output(500, 0, 0, "null"));

      assertThat(TestCluster.condition(status(), ConditionType.READY).getStatus())
          .isEqualTo("True");
      await().until(() -> status().outputs().getFirst().sent() == 510);
      assertThat(status().targets()).extracting(it -> it.pods()).isEqualTo(4);
      assertThat(status().outputs().getFirst().lagBytes()).isEqualTo(24000);
    }
  }

  @Test
  void aRefusedPasswordIsToldInWordsAndRecovers() {
    running(1);
    String error =
        "{\"code\": 401, \"message\": \"no org id\", \"time\": \"2026-11-22T10:02:00Z\"}";
    try (var agent = new FakeAgent(cluster, "agent-1", "default")) {
      agent.says(uid(), revision(), FakeAgent.output(10, 0, 0, error));

      String message =
          cluster.awaitReason("shop", ConditionType.FLOW_HEALTHY, "Unauthorized").getMessage();
      assertThat(message).isEqualTo("1 of 1 agents: 401 no org id from output main");
      await()
          .until(() ->
              TestCluster.condition(status(), ConditionType.FLOW_HEALTHY)
                  .getStatus()
                  .equals("False"));
      await().until(() -> events().contains("Unauthorized"));
      agent.says(uid(), revision(), FakeAgent.output(20, 0, 0, "null"));
      cluster.awaitReason("shop", ConditionType.FLOW_HEALTHY, "Idle");
      await().until(() -> events().contains("FlowRecovered"));
    }
  }

  private String events() {
    return cluster
        .server()
        .client()
        .resources(Event.class)
        .inNamespace("team-a")
        .list()
        .getItems()
        .stream()
        .map(Event::getReason)
        .toList()
        .toString();
  }

  @Test
  void lostBytesComeBeforeEverythingElse() {
    running(1);
    try (var agent = new FakeAgent(cluster, "agent-1", "default")) {
      agent.says(uid(), revision(), FakeAgent.output(10, 0, 0, "null"));
      cluster.awaitReason("shop", ConditionType.FLOW_HEALTHY, "Idle");
      int asked = agent.asked();

      for (long lost = 1;
          !cluster.reason("shop", ConditionType.FLOW_HEALTHY).equals("LosingLogs");
          lost++) {
        int before = agent.asked();
        agent.says(uid(), revision(), FakeAgent.output(10, lost, lost * 100, "null"));
        await().until(() -> agent.asked() > before);
      }

      assertThat(agent.asked()).isGreaterThan(asked);
    }
  }

  @Test
  void anAgentThatRefusesThePipelineIsNamed() {
    running(1);
    try (var agent = new FakeAgent(cluster, "agent-1", "default")) {
      agent.says(
          uid(), revision(), "failed", "{\"message\": \"no such component\", \"line\": 1}", "");

      assertThat(
              cluster.awaitReason("shop", ConditionType.PROGRAMMED, "AgentRejected").getMessage())
          .isEqualTo("1 of 1 agents refuse it: node node-1: no such component");
    }
  }

  @Test
  void agentsThatDoNotAnswerAreUnknownNotBad() {
    running(1);

    cluster.awaitReason("shop", ConditionType.FLOW_HEALTHY, "AgentsUnreachable");

    assertThat(TestCluster.condition(status(), ConditionType.FLOW_HEALTHY).getStatus())
        .isEqualTo("Unknown");
  }
}
