package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/// How many lines may pass.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateLimit(
    @JsonPropertyDescription("Lines a second that pass, for each agent.")
        @Required
        @Min(1)
        @Max(10000000)
        int linesPerSecond,
    @JsonPropertyDescription(
            "What becomes of lines above the rate: Delay stops reading, Drop drops and counts them.")
        @Default("Delay")
        OnExceed onExceed) {
  public RateLimit {
    onExceed = Given.or(onExceed, OnExceed.DELAY);
  }
}
