package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Replaces every match of an expression.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.source) || (self.source.matches('^[a-zA-Z_@][a-zA-Z0-9_@.-]*$') && !self.source.startsWith('__'))",
    message = "source must be of letters, digits and _ @ . -, and not begin with __")
public record ReplaceStage(
    @JsonPropertyDescription("RE2 expression.") @Required @Size(min = 1, max = 1024) String regex,
    @JsonPropertyDescription("Text that takes its place, as it stands.") @Size(max = 256)
        String replacement,
    @JsonPropertyDescription("Field in which to replace; the line when left out.")
        @Size(min = 1, max = 128)
        @Nullable String source) {
  public ReplaceStage {
    replacement = Given.or(replacement, "");
  }
}
