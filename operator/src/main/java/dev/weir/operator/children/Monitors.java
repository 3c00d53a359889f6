package dev.weir.operator.children;

import dev.weir.operator.api.Monitoring;
import dev.weir.operator.api.Switch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the Prometheus operator is told of the agents.
final class Monitors {
  private static final String API = "monitoring.coreos.com/v1";

  private Monitors() {}

  static List<HasMetadata> of(ClassFacts facts) {
    Monitoring monitoring = facts.spec().monitoring();
    var monitors = new ArrayList<HasMetadata>();
    if (wanted(monitoring.podMonitor(), facts.cluster().podMonitors())) {
      monitors.add(podMonitor(facts));
    }
    if (wanted(monitoring.rules(), facts.cluster().prometheusRules())) {
      monitors.add(
          object(
              facts, "PrometheusRule", Conversion.object("groups", Alerts.groups(facts.name()))));
    }
    return monitors;
  }

  private static boolean wanted(Switch choice, boolean known) {
    return switch (choice) {
      case AUTO -> known;
      case ENABLED -> true;
      case DISABLED -> false;
    };
  }

  private static HasMetadata podMonitor(ClassFacts facts) {
    Map<String, Object> endpoint =
        Conversion.object(
            "port", "http", "path", "/metrics", "interval", facts.spec().monitoring().interval());
    return object(
        facts,
        "PodMonitor",
        Conversion.object(
            "selector",
            Conversion.object(
                "matchLabels",
                Conversion.object(Names.INSTANCE, facts.name(), Names.NAME, "weir-agent")),
            "podMetricsEndpoints",
            List.of(endpoint)));
  }

  private static HasMetadata object(ClassFacts facts, String kind, Map<String, Object> spec) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(API);
    object.setKind(kind);
    ObjectMeta metadata = Names.metadata(facts, Names.agent(facts.name()), Names.AGENT);
    metadata.getLabels().putAll(facts.spec().monitoring().labels());
    object.setMetadata(metadata);
    object.setAdditionalProperty("spec", spec);
    return object;
  }
}
