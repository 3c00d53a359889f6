package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// An expression and what takes its place.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedactPattern(
    @JsonPropertyDescription("RE2 expression.") @Required @Size(min = 1, max = 1024) String regex,
    @JsonPropertyDescription("Text that takes its place.") @Default("\"***\"") @Size(max = 256)
        String replacement) {
  public RedactPattern {
    replacement = Given.or(replacement, "***");
  }
}
