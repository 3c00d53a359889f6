package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/// The events of Kubernetes, read by one agent of the class. A LogPipeline reads those of its
/// namespace.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventsInput(
    @JsonPropertyDescription("Types of events to read; both when empty.") @Size(max = 2)
        List<EventType> types,
    @JsonPropertyDescription("Reasons of events to read, such as BackOff; all when empty.")
        @Size(max = 64)
        List<@Size(min = 1, max = 128) @Pattern("^[A-Za-z0-9]+$") String> reasons,
    @JsonPropertyDescription("Kinds of objects whose events are read, such as Pod; all when empty.")
        @Size(max = 64)
        List<@Size(min = 1, max = 63) @Pattern("^[A-Za-z0-9]+$") String> kinds) {
  public EventsInput {
    types = Given.list(types);
    reasons = Given.list(reasons);
    kinds = Given.list(kinds);
  }
}
