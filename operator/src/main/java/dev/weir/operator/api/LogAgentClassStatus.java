package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a class.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LogAgentClassStatus(
    @JsonPropertyDescription("Generation of the spec that this is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What is known, by type.") @Size(max = 16) @ListKey("type")
        List<Condition> conditions,
    @JsonPropertyDescription("Pipelines that name the class.") int pipelines,
    @JsonPropertyDescription("Pipelines that run.") int accepted,
    @JsonPropertyDescription("How many agents run.") @Nullable ClassAgents agents,
    @JsonPropertyDescription("Revision of the configuration that agents should run.")
        @Size(max = 12)
        @Nullable String revision,
    @JsonPropertyDescription("Version of the agents.") @Size(max = 128) @Nullable String version) {
  public LogAgentClassStatus {
    conditions = Given.list(conditions);
  }
}
