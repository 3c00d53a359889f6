package dev.weir.operator.cli;

import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Meters;
import dev.weir.operator.reconcile.Settings;
import dev.weir.operator.reconcile.WeirOperator;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running operator with its client and its HTTP endpoints.
final class OperatorProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);

  private final KubernetesClient client;
  private final WeirOperator operator;
  private final StatusServer server;

  private OperatorProcess(KubernetesClient client, WeirOperator operator, StatusServer server) {
    this.client = client;
    this.operator = operator;
    this.server = server;
  }

  /// Starts an operator in the cluster of the service account or the kubeconfig.
  static OperatorProcess start(Settings settings, @Nullable Leadership leadership, int httpPort)
      throws IOException {
    Config config = new ConfigBuilder().withUserAgent("weir-operator/" + Main.RELEASE).build();
    return start(config, settings, leadership, new InetSocketAddress(httpPort));
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
