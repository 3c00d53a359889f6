package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// On which nodes agents run.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Placement(
    @JsonPropertyDescription("Labels of the nodes.") @Size(max = 32)
        Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints of nodes that agents put up with; all when left out.")
        @Size(max = 32)
        @Nullable List<Toleration> tolerations,
    @JsonPropertyDescription("Priority of the pods.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_NAME)
        @Nullable String priorityClassName,
    @JsonPropertyDescription("Affinity of the pods, as in a pod.") @PreserveUnknownFields
        Map<String, Object> affinity) {
  public Placement {
    nodeSelector = Given.map(nodeSelector);
    affinity = Given.map(affinity);
  }

  static final Placement ANYWHERE = new Placement(Map.of(), null, null, Map.of());
}
