package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a pipeline.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PipelineStatus(
    @JsonPropertyDescription("Generation of the spec that this is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Class whose agents run it.") @JsonProperty("class") @Size(max = 253)
        @Nullable String className,
    @JsonPropertyDescription("First digits of the hash of what agents run.") @Size(max = 12)
        @Nullable String revision,
    @JsonPropertyDescription("What is known, by type.") @Size(max = 16) @ListKey("type")
        List<Condition> conditions,
    @JsonPropertyDescription("How many agents run it.") @Nullable AgentCounts agents,
    @JsonPropertyDescription("What it reads at present.") @Nullable TargetCounts targets,
    @JsonPropertyDescription("How its destinations do.") @Size(max = 8) @ListKey("name")
        List<OutputStatus> outputs) {
  public PipelineStatus {
    conditions = Given.list(conditions);
    outputs = Given.list(outputs);
  }
}
