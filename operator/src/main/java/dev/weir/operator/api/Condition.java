package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// A question about an entry: all or any of some tests.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "(has(self.all) && self.all.size() > 0) != (has(self.any) && self.any.size() > 0)",
    message = "give all or any, not both")
public record Condition(
    @JsonPropertyDescription("Tests that must all pass.") @Size(max = 8) List<Test> all,
    @JsonPropertyDescription("Tests of which one must pass.") @Size(max = 8) List<Test> any) {
  public Condition {
    all = Given.list(all);
    any = Given.list(any);
  }
}
