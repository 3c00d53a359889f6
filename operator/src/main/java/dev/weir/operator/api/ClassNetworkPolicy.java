package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/// Whom agents may talk to.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassNetworkPolicy(
    @JsonPropertyDescription("Derived allows DNS, the API server and the pipelines' destinations.")
        @Default("Derived")
        NetworkPolicyMode mode,
    @JsonPropertyDescription("More rules of egress, as in a NetworkPolicy.")
        @PreserveUnknownFields
        @Size(max = 32)
        List<Map<String, Object>> extraEgress) {
  public ClassNetworkPolicy {
    mode = Given.or(mode, NetworkPolicyMode.DERIVED);
    extraEgress = Given.list(extraEgress);
  }

  static final ClassNetworkPolicy DEFAULT =
      new ClassNetworkPolicy(NetworkPolicyMode.DERIVED, List.of());
}
