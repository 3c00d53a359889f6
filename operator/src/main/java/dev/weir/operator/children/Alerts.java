package dev.weir.operator.children;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a person should be told of the pipelines and agents of a class.
final class Alerts {
  private static final String RUNBOOK = "https://weir.dev/docs/kubernetes#";
  private static final String WARNING = "warning";
  private static final String CRITICAL = "critical";

  private Alerts() {}

  /// Groups of rules, as a PrometheusRule holds them.
  static List<Map<String, Object>> groups(String className) {
    return List.of(
        Conversion.object("name", "weir-pipelines-" + className, "rules", pipelines(className)),
        Conversion.object("name", "weir-agents-" + className, "rules", agents(className)));
  }

  private static List<Map<String, Object>> pipelines(String className) {
    return List.of(
        alert(
            "WeirPipelineNotAccepted",
            condition(className, "Accepted"),
            "5m",
            WARNING,
            "is refused: kubectl describe tells why"),
        alert(
            "WeirPipelineNotProgrammed",
            condition(className, "Programmed"),
            "15m",
            WARNING,
            "does not run on all agents"),
        alert(
            "WeirPipelineLosingLogs",
            "increase(weir_operator_pipeline_lost_bytes_total{class=\"%s\"}[15m]) > 0"
                .formatted(className),
            "0m",
            CRITICAL,
            "lost lines: log files were removed before they were read"),
        alert(
            "WeirPipelineAllDropped",
            flow(className, "AllDropped"),
            "5m",
            CRITICAL,
            "delivers nothing of what it reads"),
        alert(
            "WeirPipelineUnauthorized",
            flow(className, "Unauthorized"),
            "5m",
            CRITICAL,
            "is not let in by its destination"),
        alert(
            "WeirPipelineFallingBehind",
            flow(className, "FallingBehind"),
            "30m",
            WARNING,
            "reads more slowly than its pods write"),
        alert(
            "WeirCertificateExpiresSoon",
            "weir_operator_pipeline_certificate_expiry_timestamp_seconds{class=\"%s\"} - time()"
                    .formatted(className)
                + " < 14 * 86400",
            "1h",
            WARNING,
            "has a certificate that ends within 14 days"));
  }

  private static String condition(String className, String type) {
    return "weir_operator_pipeline_condition{class=\"%s\",type=\"%s\",status=\"False\"} == 1"
        .formatted(className, type);
  }

  private static String flow(String className, String reason) {
    return "weir_operator_pipeline_flow{class=\"%s\",reason=\"%s\"} == 1"
        .formatted(className, reason);
  }

  private static List<Map<String, Object>> agents(String className) {
    return List.of(
        alert(
            "WeirAgentDown",
            count(className, "stale"),
            "10m",
            WARNING,
            "has agents that do not answer"),
        alert(
            "WeirAgentRejectedConfig",
            count(className, "rejected"),
            "5m",
            CRITICAL,
            "has agents that refuse a pipeline"),
        alert(
            "WeirClassRolloutStuck",
            count(className, "outdated"),
            "30m",
            WARNING,
            "has agents of an old pod template"),
        alert(
            "WeirConfigBudget80Percent",
            "weir_operator_config_budget_ratio{class=\"%s\"} > 0.8".formatted(className),
            "5m",
            WARNING,
            "has little room for more pipelines"));
  }

  private static String count(String className, String state) {
    return "weir_operator_class_agents{class=\"%s\",state=\"%s\"} > 0".formatted(className, state);
  }

  private static Map<String, Object> alert(
      String name, String expression, String hold, String severity, String problem) {
    String whose =
        name.startsWith("WeirPipeline") || name.startsWith("WeirCertificate")
            ? "Pipeline {{ $labels.namespace }}/{{ $labels.name }} "
            : "Class {{ $labels.class }} ";
    return Conversion.object(
        "alert",
        name,
        "expr",
        expression,
        "for",
        hold,
        "labels",
        Conversion.object("severity", severity),
        "annotations",
        Conversion.object(
            "summary", whose + problem + ".",
            "runbook_url", RUNBOOK + name.toLowerCase(Locale.ROOT)));
  }
}
