package dev.weir.operator.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of `weir-operator run`. Each has a name on the command line and in the environment:
/// `--agent-image` and `WEIR_OPERATOR_AGENT_IMAGE`.
enum RunOption {
  AGENT_IMAGE("IMAGE", "weir:0.1.0", "Image of agents whose class names none"),
  WATCH_NAMESPACES("A,B", "", "Namespaces whose LogPipelines are looked after; all when empty"),
  AGENT_NAMESPACES("A,B", "weir-agents", "Namespaces where agents may be made"),
  AGENT_CLUSTER_ROLE("NAME", "weir-agent", "ClusterRole that agents are bound to"),
  AGENT_EVENTS_CLUSTER_ROLE(
      "NAME", "weir-agent-events", "ClusterRole that the agents that read events are bound to"),
  SECRETS_ROLE(
      "NAME",
      "weir-pipeline-secrets",
      "ClusterRole that lets the operator read secrets where it is bound"),
  LEADER_ELECTION("true|false", "true", "Whether operators agree on the one that works"),
  LEASE_NAME("NAME", "weir-operator", "Lease by which they agree"),
  LEASE_NAMESPACE("NAMESPACE", "", "Namespace of the lease; the operator's own when left out"),
  HTTP_PORT("PORT", "8080", "Port of /metrics, /healthz and /readyz"),
  LOG_LEVEL("LEVEL", "info", "debug, info, warn or error"),
  LOG_FORMAT("FORMAT", "logfmt", "logfmt or json");

  private final String label;
  private final String fallback;
  private final String description;

  RunOption(String label, String fallback, String description) {
    this.label = label;
    this.fallback = fallback;
    this.description = description;
  }

  /// The option of that name on the command line, or null.
  static @Nullable RunOption named(String name) {
    for (RunOption option : values()) {
      if (option.option().equals(name)) {
        return option;
      }
    }
    return null;
  }

  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String variable() {
    return "WEIR_OPERATOR_" + name();
  }

  /// What stands for the value in the help.
  String label() {
    return label;
  }

  String description() {
    return fallback.isEmpty() ? description + "." : description + " (default: " + fallback + ").";
  }

  /// What holds when the command line does not say.
  String fallback(Map<String, String> environment) {
    return environment.getOrDefault(variable(), fallback);
  }
}
