package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// How lines are put together to pushes.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.maxBytes) || (quantity(self.maxBytes).compareTo(quantity('8Mi')) <= 0 && quantity(self.maxBytes).compareTo(quantity('1Ki')) >= 0)",
    message = "maxBytes must be from 1Ki to 8Mi")
@ValidationRule(
    value =
        "!has(self.maxWait) || (duration(self.maxWait) >= duration('10ms') && duration(self.maxWait) <= duration('1m'))",
    message = "maxWait must be from 10ms to 1m")
public record Batch(
    @JsonPropertyDescription("Bytes of a push before compression.")
        @Default("1Mi")
        @Size(max = 16)
        @Pattern(Syntax.SIZE)
        String maxBytes,
    @JsonPropertyDescription("How long a line waits for others.")
        @Default("1s")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String maxWait) {
  public Batch {
    maxBytes = Given.or(maxBytes, "1Mi");
    maxWait = Given.or(maxWait, "1s");
  }

  static final Batch DEFAULT = new Batch("1Mi", "1s");
}
