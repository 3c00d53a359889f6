package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// Which containers of a pod are meant, by globs of their names.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerFilter(
    @JsonPropertyDescription("Globs of container names; all containers when empty.") @Size(max = 32)
        List<@Size(min = 1, max = 128) @Pattern(Syntax.GLOB) String> include,
    @JsonPropertyDescription("Globs of container names that are left out.") @Size(max = 32)
        List<@Size(min = 1, max = 128) @Pattern(Syntax.GLOB) String> exclude) {
  public ContainerFilter {
    include = Given.list(include);
    exclude = Given.list(exclude);
  }

  static final ContainerFilter ALL = new ContainerFilter(List.of(), List.of());
}
