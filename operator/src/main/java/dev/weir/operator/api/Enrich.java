package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/// What is added to lines of pods.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.static) || self.static.all(k, k.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,63}$') && !k.startsWith('__'))",
    message =
        "static: names must be of letters, digits and _, begin with no digit, and not begin with __")
public record Enrich(
    @JsonPropertyDescription(
            "Labels of the pod. Other characters than letters, digits and _ become _ in names.")
        @Size(max = 32)
        List<@Size(min = 1, max = 317) @Pattern(Syntax.KUBERNETES_KEY) String> podLabels,
    @JsonPropertyDescription("Annotations of the pod.") @Size(max = 32)
        List<@Size(min = 1, max = 317) @Pattern(Syntax.KUBERNETES_KEY) String> podAnnotations,
    @JsonPropertyDescription("Labels of its namespace.") @Size(max = 16)
        List<@Size(min = 1, max = 317) @Pattern(Syntax.KUBERNETES_KEY) String> namespaceLabels,
    @JsonPropertyDescription("Fixed values by name.") @JsonProperty("static") @Size(max = 16)
        Map<String, @Size(max = 1024) @Pattern(Syntax.NO_CONTROL) String> fixed,
    @JsonPropertyDescription("What it becomes.") @Default("Metadata") EnrichAs as) {
  public Enrich {
    podLabels = Given.list(podLabels);
    podAnnotations = Given.list(podAnnotations);
    namespaceLabels = Given.list(namespaceLabels);
    fixed = Given.map(fixed);
    as = Given.or(as, EnrichAs.METADATA);
  }

  static final Enrich NOTHING =
      new Enrich(List.of(), List.of(), List.of(), Map.of(), EnrichAs.METADATA);
}
