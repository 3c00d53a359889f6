package dev.weir.operator.cli;

import dev.weir.agent.logging.LogFormat;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.logging.Logging;
import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `weir-operator run`: the operator.
@Command(
    name = "run",
    description = "Run the operator until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each option can be given by the environment too: --agent-image by WEIR_OPERATOR_AGENT_IMAGE."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--agent-image",
      paramLabel = "IMAGE",
      description = "Image of agents whose class names none.",
      defaultValue = "${env:WEIR_OPERATOR_AGENT_IMAGE:-weir:0.1.0}")
  private String agentImage = "";

  @Option(
      names = "--watch-namespaces",
      paramLabel = "A,B",
      description = "Namespaces whose LogPipelines are looked after; all when empty.",
      defaultValue = "${env:WEIR_OPERATOR_WATCH_NAMESPACES:-}")
  private String watchNamespaces = "";

  @Option(
      names = "--agent-namespaces",
      paramLabel = "A,B",
      description = "Namespaces where agents may be made (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_AGENT_NAMESPACES:-weir-agents}")
  private String agentNamespaces = "";

  @Option(
      names = "--agent-cluster-role",
      paramLabel = "NAME",
      description = "ClusterRole that agents are bound to (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_AGENT_CLUSTER_ROLE:-weir-agent}")
  private String agentRole = "";

  @Option(
      names = "--agent-events-cluster-role",
      paramLabel = "NAME",
      description =
          "ClusterRole that the agents that read events are bound to (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_AGENT_EVENTS_CLUSTER_ROLE:-weir-agent-events}")
  private String eventsRole = "";

  @Option(
      names = "--secrets-role",
      paramLabel = "NAME",
      description =
          "ClusterRole that lets the operator read secrets where it is bound (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_SECRETS_ROLE:-weir-pipeline-secrets}")
  private String secretsRole = "";

  @Option(
      names = "--leader-election",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether operators agree on the one that works.",
      defaultValue = "${env:WEIR_OPERATOR_LEADER_ELECTION:-true}")
  private boolean leaderElection;

  @Option(
      names = "--lease-name",
      paramLabel = "NAME",
      description = "Lease by which they agree (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_LEASE_NAME:-weir-operator}")
  private String leaseName = "";

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAMESPACE",
      description = "Namespace of the lease; the operator's own when left out.",
      defaultValue = "${env:WEIR_OPERATOR_LEASE_NAMESPACE:-}")
  private String leaseNamespace = "";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Port of /metrics, /healthz and /readyz (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_HTTP_PORT:-8080}")
  private int httpPort;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "debug, info, warn or error (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_LOG_LEVEL:-info}")
  private String logLevel = "";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "logfmt or json (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:WEIR_OPERATOR_LOG_FORMAT:-logfmt}")
  private String logFormat = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.level(LogLevel.parse(logLevel));
    Logging.format(LogFormat.parse(logFormat));
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
    try (OperatorProcess _ = OperatorProcess.start(settings(), leadership(), httpPort)) {
      stop.await();
    }
    return 0;
  }

  private static void joined(Thread main) {
    try {
      main.join(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Settings settings() {
    return new Settings(
        names(watchNamespaces),
        names(agentNamespaces),
        agentImage,
        Main.RELEASE,
        environment("POD_NAMESPACE", "default"),
        environment("POD_SERVICE_ACCOUNT", "weir-operator"),
        secretsRole,
        new ClassFacts.Roles(agentRole, eventsRole),
        Settings.Times.USUAL);
  }

  private @Nullable Leadership leadership() {
    if (!leaderElection) {
      return null;
    }
    String namespace =
        leaseNamespace.isEmpty() ? environment("POD_NAMESPACE", "default") : leaseNamespace;
    return Leadership.usual(namespace, leaseName, System.getenv("POD_NAME"));
  }

  private static String environment(String name, String fallback) {
    return Objects.requireNonNullElse(System.getenv(name), fallback);
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
