package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// How many agents of a class run.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassAgents(
    @JsonPropertyDescription("Nodes that should have an agent.") int desired,
    @JsonPropertyDescription("Agents that are ready.") int ready,
    @JsonPropertyDescription("Agents of the newest pod template.") int updated) {}
