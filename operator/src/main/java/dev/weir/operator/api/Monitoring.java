package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/// How agents are watched by Prometheus.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.interval) || (duration(self.interval) >= duration('1s') && duration(self.interval) <= duration('10m'))",
    message = "interval must be from 1s to 10m")
public record Monitoring(
    @JsonPropertyDescription(
            "Whether a PodMonitor is made; Auto looks whether the cluster has them.")
        @Default("Auto")
        Switch podMonitor,
    @JsonPropertyDescription("How often agents are scraped.")
        @Default("30s")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String interval,
    @JsonPropertyDescription(
            "Whether a PrometheusRule is made; Auto looks whether the cluster has them.")
        @Default("Auto")
        Switch rules,
    @JsonPropertyDescription("Labels of these objects, by which a Prometheus finds them.")
        @Size(max = 16)
        Map<String, @Size(max = 63) String> labels) {
  public Monitoring {
    podMonitor = Given.or(podMonitor, Switch.AUTO);
    interval = Given.or(interval, "30s");
    rules = Given.or(rules, Switch.AUTO);
    labels = Given.map(labels);
  }

  static final Monitoring DEFAULT = new Monitoring(Switch.AUTO, "30s", Switch.AUTO, Map.of());
}
