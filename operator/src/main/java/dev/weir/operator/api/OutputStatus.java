package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// How a destination does. Numbers have two significant digits.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutputStatus(
    @JsonPropertyDescription("Name of the destination.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Whether it takes what it is sent; left out while that is unknown.")
        @Nullable Boolean healthy,
    @JsonPropertyDescription("When it last took something, to the minute.") @Size(max = 32)
        @Nullable String lastSuccessTime,
    @JsonPropertyDescription("What it last refused.") @Nullable OutputError lastError,
    @JsonPropertyDescription("Bytes that wait to be read.") long lagBytes,
    @JsonPropertyDescription("Entries sent since the agents started.") long sent,
    @JsonPropertyDescription("Entries dropped since the agents started.") long dropped) {}
