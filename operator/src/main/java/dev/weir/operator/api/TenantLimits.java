package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// What one LogPipeline may do.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantLimits(
    @JsonPropertyDescription("Most labels that entries have, with those that Weir sets.")
        @Default("15")
        @Min(6)
        @Max(30)
        Integer maxLabels) {
  public TenantLimits {
    maxLabels = Given.or(maxLabels, 15);
  }

  static final TenantLimits DEFAULT = new TenantLimits(15);
}
