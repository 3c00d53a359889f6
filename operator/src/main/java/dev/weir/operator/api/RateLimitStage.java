package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Limits how many lines pass.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.byLabel) || (has(self.onExceed) && self.onExceed == 'Drop')",
    message = "byLabel needs onExceed Drop")
public record RateLimitStage(
    @JsonPropertyDescription("Lines a second that pass, for each agent.")
        @Required
        @Min(1)
        @Max(10000000)
        int linesPerSecond,
    @JsonPropertyDescription(
            "Label of which every value has a limit of its own; needs onExceed Drop.")
        @Size(max = 64)
        @Pattern(Syntax.LABEL_NAME)
        @Nullable String byLabel,
    @JsonPropertyDescription("What becomes of lines above the rate.") @Default("Delay")
        OnExceed onExceed) {
  public RateLimitStage {
    onExceed = Given.or(onExceed, OnExceed.DELAY);
  }
}
