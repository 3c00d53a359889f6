package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// How lines are read by an expression.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RegexParse(
    @JsonPropertyDescription("RE2 expression; its named groups are known to stages by their names.")
        @Required
        @Size(min = 1, max = 2048)
        String expression) {}
