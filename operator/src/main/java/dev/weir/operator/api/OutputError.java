package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// What a destination answered last that was no success.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutputError(
    @JsonPropertyDescription("Status of HTTP; 0 when there was no answer.") int code,
    @JsonPropertyDescription("What it said.") @Size(max = 256) String message,
    @JsonPropertyDescription("Node of an agent that saw it.") @Size(max = 253)
        @Nullable String node,
    @JsonPropertyDescription("When, to the minute.") @Size(max = 32) @Nullable String time) {}
