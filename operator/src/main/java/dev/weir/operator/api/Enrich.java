package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/// What is added to lines of pods.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
