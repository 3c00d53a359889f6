package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// Takes secrets out of the line.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.builtin) && self.builtin.size() > 0) || (has(self.patterns) && self.patterns.size() > 0)",
    message = "give builtin or patterns")
public record RedactStage(
    @JsonPropertyDescription("What is found without an expression.") @Size(max = 9)
        List<Builtin> builtin,
    @JsonPropertyDescription("What else is found.") @Size(max = 16) List<RedactPattern> patterns) {
  public RedactStage {
    builtin = Given.list(builtin);
    patterns = Given.list(patterns);
  }
}
