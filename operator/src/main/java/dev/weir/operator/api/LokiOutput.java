package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A Loki.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "isURL(self.url) && self.url.matches('^(https?)://[A-Za-z0-9._:\\\\[\\\\]-]+([/?][!-\\\"$-?A-~]*)?$')",
    message = "url must be http:// or https://, without user, fragment, blanks")
public record LokiOutput(
    @JsonPropertyDescription(
            "Where lines are pushed, such as https://loki.example.com/loki/api/v1/push.")
        @Required
        @Size(min = 1, max = 2048)
        String url,
    @JsonPropertyDescription("How lines are put together to pushes.") Batch batch) {
  public LokiOutput {
    batch = Given.or(batch, Batch.DEFAULT);
  }
}
