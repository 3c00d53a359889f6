package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.health.PipelineHealth;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import dev.weir.operator.status.StatusBudget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the reconcilers of one operator share. Thread-safe.
final class Shared {
  private final KubernetesClient client;
  private final Settings settings;
  private final InstantSource clock;
  private final Gate gate;
  private final Board board = new Board();
  private final Debounce debounce;
  private final Classes classes;
  private final Pipelines pipelines = new Pipelines();
  private final SecretStore secrets;
  private final ApiWrites writes;
  private final ClusterLook cluster;
  private final StatusBudget budget;
  private final ClassStatusWriter classStatus;
  private volatile @Nullable ChildSources agents;

  Shared(
      KubernetesClient client,
      Settings settings,
      InstantSource clock,
      Gate gate,
      MeterRegistry registry) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.gate = gate;
    debounce = new Debounce(settings.times().quiet(), settings.times().longestWait(), clock);
    classes = new Classes(debounce);
    secrets = new SecretStore(client, settings, clock);
    writes = new ApiWrites(registry);
    cluster = new ClusterLook(client, clock);
    budget = new StatusBudget(settings.times().statusPause(), clock);
    classStatus = new ClassStatusWriter(this);
  }

  KubernetesClient client() {
    return client;
  }

  Settings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  Gate gate() {
    return gate;
  }

  Board board() {
    return board;
  }

  Debounce debounce() {
    return debounce;
  }

  Classes classes() {
    return classes;
  }

  Pipelines pipelines() {
    return pipelines;
  }

  SecretStore secrets() {
    return secrets;
  }

  ApiWrites writes() {
    return writes;
  }

  StatusBudget budget() {
    return budget;
  }

  ClassStatusWriter classStatus() {
    return classStatus;
  }

  void agents(ChildSources sources) {
    agents = sources;
  }

  /// The pods of all classes.
  List<Pod> agentPods() {
    ChildSources sources = agents;
    return sources == null ? List.of() : sources.pods();
  }

  ClassFacts facts(LogAgentClass of, Plan plan) {
    return new ClassFacts(
        of.getMetadata().getName(),
        of.getMetadata().getUid(),
        of.getSpec(),
        settings.agentImage(),
        settings.version(),
        settings.roles(),
        settings.namespace(),
        cluster.facts(),
        plan.shards().hasEvents(),
        plan.ports());
  }

  /// Whether all agents are known to run the newest files of a plan.
  boolean settled(Plan plan) {
    return plan.verdicts().values().stream().allMatch(this::settled);
  }

  private boolean settled(Verdict verdict) {
    if (verdict.file() == null) {
      return true;
    }
    PipelineHealth health = board.health(verdict.pipeline().uid());
    return health != null && health.agents().applied() >= health.agents().desired();
  }
}
