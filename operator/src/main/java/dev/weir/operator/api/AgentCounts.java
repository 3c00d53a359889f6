package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// How many agents run what is wanted.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AgentCounts(
    @JsonPropertyDescription("Agents that should run it.") int desired,
    @JsonPropertyDescription("Agents that run it.") int applied,
    @JsonPropertyDescription("Agents that refused it.") int rejected,
    @JsonPropertyDescription("Agents that have not been heard of lately.") int stale) {}
