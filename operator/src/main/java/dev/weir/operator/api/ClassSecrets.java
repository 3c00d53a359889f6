package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// Whose secrets ClusterLogPipelines may use.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassSecrets(
    @JsonPropertyDescription("Namespaces beside that of the agents.") @Size(max = 64)
        List<@Size(min = 1, max = 63) @Pattern(Syntax.DNS_LABEL) String> allowedNamespaces) {
  public ClassSecrets {
    allowedNamespaces = Given.list(allowedNamespaces);
  }

  static final ClassSecrets OWN = new ClassSecrets(List.of());
}
