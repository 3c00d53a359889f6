package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/// Names the class whose agents run a pipeline.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassRef(
    @JsonPropertyDescription("Name of the LogAgentClass.")
        @Default("default")
        @Size(min = 1, max = 40)
        @Pattern(Syntax.DNS_LABEL)
        String name) {
  public ClassRef {
    name = Given.or(name, "default");
  }

  static final ClassRef DEFAULT = new ClassRef("default");
}
