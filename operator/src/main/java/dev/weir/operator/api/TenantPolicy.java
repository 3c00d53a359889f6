package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Who may use a class with LogPipelines, and for what.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantPolicy(
    @JsonPropertyDescription(
            "Labels of the namespaces whose LogPipelines run; none when left out, all when empty.")
        @Nullable LabelSelector namespaceSelector,
    @JsonPropertyDescription("Most LogPipelines of one namespace; the oldest run.")
        @Default("10")
        @Min(0)
        @Max(1000)
        Integer maxPipelinesPerNamespace,
    @JsonPropertyDescription("Most pipelines of the class; the oldest run.")
        @Default("2000")
        @Min(0)
        @Max(10000)
        Integer maxPipelines,
    @JsonPropertyDescription("Where LogPipelines may send to.") OutputPolicy outputs,
    @JsonPropertyDescription("Which tenant of Loki lines of LogPipelines are for.") Tenant tenancy,
    @JsonPropertyDescription("What one LogPipeline may do.") TenantLimits limits) {
  public TenantPolicy {
    maxPipelinesPerNamespace = Given.or(maxPipelinesPerNamespace, 10);
    maxPipelines = Given.or(maxPipelines, 2000);
    outputs = Given.or(outputs, OutputPolicy.DEFAULT);
    tenancy = Given.or(tenancy, Tenant.NONE);
    limits = Given.or(limits, TenantLimits.DEFAULT);
  }

  static final TenantPolicy NOBODY =
      new TenantPolicy(null, 10, 2000, OutputPolicy.DEFAULT, Tenant.NONE, TenantLimits.DEFAULT);
}
