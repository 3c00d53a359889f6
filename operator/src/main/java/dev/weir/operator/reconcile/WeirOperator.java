package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.children.Names;
import dev.weir.operator.health.AgentPoll;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An operator: the controllers of classes and pipelines on one client.
///
/// It owns its threads and joins them in [#close]; the client is the caller's.
public final class WeirOperator implements AutoCloseable {
  private static final int PARALLEL = 8;
  private static final int LOST_LEASE = 1;
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final Operator operator;
  private final ExecutorService executor;
  private final Shared shared;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final RuntimeInfo runtime;
  private @Nullable AgentPoll poll;

  /// Prepares an operator; nothing has been sent yet.
  ///
  /// @param leadership null to work without asking others
  public WeirOperator(
      KubernetesClient client,
      Settings settings,
      @Nullable Leadership leadership,
      InstantSource clock,
      MeterRegistry registry) {
    executor =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().name("reconcile-", 0).factory());
    shared = new Shared(client, settings, clock, this::complete, registry);
    operator = new Operator(it -> configure(it, client, leadership, registry));
    register(settings);
    runtime = new RuntimeInfo(operator);
  }

  private void configure(
      ConfigurationServiceOverrider it,
      KubernetesClient client,
      @Nullable Leadership leadership,
      MeterRegistry registry) {
    it.withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withExecutorService(executor)
        .withReconciliationTerminationTimeout(DRAIN)
        .withStopOnInformerErrorDuringStartup(false)
        .withMetrics(
            new AggregatedMetrics(
                List.of(
                    MicrometerMetricsV2.newBuilder(registry).build(), new ErrorCount(registry))));
    if (leadership == null) {
      leading.set(true);
    } else {
      it.withLeaderElectionConfiguration(
          LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(leadership.name())
              .withLeaseNamespace(leadership.namespace())
              .withIdentity(leadership.identity())
              .withLeaseDuration(leadership.lease())
              .withRenewDeadline(leadership.renew())
              .withRetryPeriod(leadership.retry())
              .withLeaderCallbacks(
                  new LeaderCallbacks(() -> leading.set(true), () -> lost(leadership), _ -> {}))
              .build());
    }
  }

  private void register(Settings settings) {
    Set<String> namespaces =
        settings.watchNamespaces().isEmpty()
            ? Set.of(Constants.WATCH_ALL_NAMESPACES)
            : settings.watchNamespaces();
    operator.register(
        new LogPipelineReconciler(shared),
        (ControllerConfigurationOverrider<LogPipeline> it) ->
            usual(it).settingNamespaces(namespaces));
    operator.register(
        new ClusterLogPipelineReconciler(shared),
        (ControllerConfigurationOverrider<ClusterLogPipeline> it) -> usual(it));
    operator.register(
        new ClassReconciler(shared),
        (ControllerConfigurationOverrider<LogAgentClass> it) -> usual(it));
  }

  /// Statuses that the operator writes itself are no reason to look again.
  private static <P extends HasMetadata> ControllerConfigurationOverrider<P> usual(
      ControllerConfigurationOverrider<P> it) {
    return it.withGenerationAware(false)
        .withOnUpdateFilter((now, before) -> !about(now).equals(about(before)))
        .withTriggerReconcilerOnAllEvents(true)
        .withReconciliationMaxInterval(SWEEP)
        .withRetry(
            new GenericRetry()
                .setInitialInterval(500)
                .setIntervalMultiplier(2)
                .setMaxInterval(60_000)
                .setMaxAttempts(-1));
  }

  private static Map<String, Object> about(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return Map.of(
        "generation", Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L),
        "uid", object.getMetadata().getUid(),
        "paused", annotations == null ? "" : annotations.getOrDefault(Names.PAUSED, ""),
        "deleted", Objects.requireNonNullElse(object.getMetadata().getDeletionTimestamp(), ""));
  }

  /// Another operator may lead from now on, and two must never work at a time.
  private void lost(Leadership leadership) {
    leading.set(false);
    if (leadership.exit() && !closing.get()) {
      System.exit(LOST_LEASE);
    }
  }

  /// Fills the caches, then works as soon as it leads.
  public void start() {
    operator.start();
    started.set(true);
    Settings.Times times = shared.settings().times();
    poll = AgentPoll.start(new PolledAgents(shared), times.poll(), times.pollTimeout());
  }

  private boolean complete() {
    return started.get() && runtime.allEventSourcesAreHealthy();
  }

  /// Whether the caches are complete and fresh, and the work on classes is not stuck.
  public boolean ready() {
    return complete() && shared.board().fresh(shared.clock().instant(), SWEEP.multipliedBy(2));
  }

  public boolean leading() {
    return leading.get();
  }

  public Board board() {
    return shared.board();
  }

  @Override
  public void close() {
    closing.set(true);
    if (poll != null) {
      poll.close();
    }
    operator.stop();
    executor.close();
  }
}
