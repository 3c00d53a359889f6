package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// How new pods replace old ones.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.terminationGrace) || (duration(self.terminationGrace) >= duration('1s') && duration(self.terminationGrace) <= duration('1h'))",
    message = "terminationGrace must be from 1s to 1h")
public record Rollout(
    @JsonPropertyDescription("Pods that may be missing at one time: a number or a percentage.")
        @Default("10%")
        @Size(max = 8)
        @Pattern("^([1-9][0-9]{0,4}|[1-9][0-9]?%|100%)$")
        @NumberOrText
        String maxUnavailable,
    @JsonPropertyDescription("How long a new pod is watched before the next is replaced.")
        @Default("10")
        @Min(0)
        @Max(3600)
        Integer minReadySeconds,
    @JsonPropertyDescription("How long an agent may take to deliver what it has read.")
        @Default("60s")
        @Size(max = 32)
        @Pattern(Syntax.DURATION)
        String terminationGrace) {
  public Rollout {
    maxUnavailable = Given.or(maxUnavailable, "10%");
    minReadySeconds = Given.or(minReadySeconds, 10);
    terminationGrace = Given.or(terminationGrace, "60s");
  }

  static final Rollout DEFAULT = new Rollout("10%", 10, "60s");
}
