package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// How pushes are sent again.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.minBackoff) || (duration(self.minBackoff) >= duration('10ms') && duration(self.minBackoff) <= duration('1h'))",
    message = "minBackoff must be from 10ms to 1h")
@ValidationRule(
    value =
        "!has(self.maxBackoff) || (duration(self.maxBackoff) >= duration('10ms') && duration(self.maxBackoff) <= duration('1h'))",
    message = "maxBackoff must be from 10ms to 1h")
@ValidationRule(
    value =
        "!(has(self.minBackoff) && has(self.maxBackoff)) || duration(self.minBackoff) <= duration(self.maxBackoff)",
    message = "minBackoff must not be longer than maxBackoff")
public record Retry(
    @JsonPropertyDescription("First pause.")
        @Default("500ms")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String minBackoff,
    @JsonPropertyDescription("Longest pause.")
        @Default("5m")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String maxBackoff) {
  public Retry {
    minBackoff = Given.or(minBackoff, "500ms");
    maxBackoff = Given.or(maxBackoff, "5m");
  }

  static final Retry DEFAULT = new Retry("500ms", "5m");
}
