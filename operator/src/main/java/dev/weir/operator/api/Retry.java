package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/// How pushes are sent again.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
