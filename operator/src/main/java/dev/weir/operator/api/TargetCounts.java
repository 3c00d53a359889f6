package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// What a pipeline reads at present.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TargetCounts(
    @JsonPropertyDescription("Pods.") int pods,
    @JsonPropertyDescription("Containers.") int containers,
    @JsonPropertyDescription("Namespaces.") int namespaces) {}
