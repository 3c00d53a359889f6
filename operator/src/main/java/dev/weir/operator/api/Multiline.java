package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How lines are joined to entries.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "(has(self.mode) && self.mode == 'FirstLine') == has(self.firstLine)",
    message = "mode FirstLine needs firstLine, and other modes have none")
@ValidationRule(
    value =
        "!has(self.maxWait) || (duration(self.maxWait) >= duration('100ms') && duration(self.maxWait) <= duration('1m'))",
    message = "maxWait must be from 100ms to 1m")
public record Multiline(
    @JsonPropertyDescription(
            "Which lines belong together: a stack trace of that language (Auto: any of them), or lines up to the next that firstLine matches.")
        @Default("None")
        MultilineMode mode,
    @JsonPropertyDescription("RE2 expression that the first line of an entry matches.")
        @Size(min = 1, max = 1024)
        @Nullable String firstLine,
    @JsonPropertyDescription("Most lines of one entry.") @Default("500") @Min(1) @Max(10000)
        Integer maxLines,
    @JsonPropertyDescription("How long an entry waits for its next line.")
        @Default("3s")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String maxWait) {
  public Multiline {
    mode = Given.or(mode, MultilineMode.NONE);
    maxLines = Given.or(maxLines, 500);
    maxWait = Given.or(maxWait, "3s");
  }

  static final Multiline NONE = new Multiline(MultilineMode.NONE, null, 500, "3s");
}
