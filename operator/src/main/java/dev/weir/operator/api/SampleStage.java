package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// Keeps a part of the lines, chosen at random.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SampleStage(
    @JsonPropertyDescription("Part of the lines that is kept, from 0 to 1, such as \"0.1\".")
        @Required
        @Size(min = 1, max = 16)
        @Pattern(Syntax.RATE)
        String rate) {}
