package dev.weir.operator.cli;

import dev.weir.agent.kubernetes.Kinds;
import dev.weir.agent.logging.Logging;
import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Meters;
import dev.weir.operator.reconcile.Settings;
import dev.weir.operator.reconcile.WeirOperator;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running operator with its client and its HTTP endpoints.
final class OperatorProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);
  private static final int STOP_MILLIS = 20_000;

  /// What it watches or reads; what it only writes needs not be known.
  private static final List<Class<? extends KubernetesResource>> KINDS =
      List.of(
          ClusterLogPipeline.class,
          LogAgentClass.class,
          LogPipeline.class,
          ClusterRoleBinding.class,
          ConfigMap.class,
          DaemonSet.class,
          Deployment.class,
          Lease.class,
          Namespace.class,
          NetworkPolicy.class,
          Pod.class,
          RoleBinding.class,
          Secret.class,
          Service.class,
          ServiceAccount.class);

  private final KubernetesClient client;
  private final WeirOperator operator;
  private final StatusServer server;

  private OperatorProcess(KubernetesClient client, WeirOperator operator, StatusServer server) {
    this.client = client;
    this.operator = operator;
    this.server = server;
  }

  /// Runs an operator in the cluster of the service account or the kubeconfig until the process is
  /// told to end.
  ///
  /// @return the status to exit with
  static int runUntilStopped(RunSettings run) throws IOException, InterruptedException {
    Logging.level(run.logLevel());
    Logging.format(run.logFormat());
    var stop = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    // A hook is how a Java process hears of SIGTERM; it holds the process until all is closed.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  stop.countDown();
                  joined(main);
                }));
    Config config = config().build();
    var address = new InetSocketAddress(run.httpPort());
    try (OperatorProcess _ = start(config, run.settings(), run.leadership(), address)) {
      stop.await();
    }
    return 0;
  }

  /// Of the service account or the kubeconfig. Watches take a connection each in any case, so that
  /// HTTP/2 would gain nothing.
  static ConfigBuilder config() {
    return new ConfigBuilder()
        .withUserAgent("weir-operator/" + Main.RELEASE)
        .withHttp2Disable(true);
  }

  private static void joined(Thread main) {
    try {
      main.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings(
      "resource") // The garbage collector's notifications live as long as the process.
  static OperatorProcess start(
      Config config, Settings settings, @Nullable Leadership leadership, InetSocketAddress address)
      throws IOException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withKubernetesSerialization(Kinds.reading(KINDS))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withTaskExecutor(task -> Thread.ofVirtual().name("kubernetes").start(task))
            .build();
    var operator = new WeirOperator(client, settings, leadership, InstantSource.system(), registry);
    // Before the caches are filled, which can take a while: the process lives, but is not ready.
    StatusServer server =
        StatusServer.start(address, operator, new Meters(operator, registry), registry);
    operator.start();
    log.atInfo()
        .addKeyValue("version", settings.version())
        .addKeyValue("addr", server.address())
        .log("operator started");
    return new OperatorProcess(client, operator, server);
  }

  InetSocketAddress address() {
    return server.address();
  }

  WeirOperator operator() {
    return operator;
  }

  @Override
  public void close() {
    log.atInfo().log("operator stopping");
    operator.close();
    server.close();
    client.close();
  }
}
