package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// Where a certificate authority is kept.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaRef(
    @JsonPropertyDescription("Kind of the object.") @Default("Secret") CaKind kind,
    @JsonPropertyDescription("Name of the object.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.DNS_NAME)
        String name,
    @JsonPropertyDescription("Key in it.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.SECRET_KEY)
        String key,
    @JsonPropertyDescription("Namespace of the object; that of the agents when left out.")
        @ClusterOnly
        @Size(min = 1, max = 63)
        @Pattern(Syntax.DNS_LABEL)
        @Nullable String namespace) {
  public CaRef {
    kind = Given.or(kind, CaKind.SECRET);
  }
}
