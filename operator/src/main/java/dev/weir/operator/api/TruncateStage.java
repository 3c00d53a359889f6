package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Cuts long lines.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "quantity(self.maxBytes).compareTo(quantity('1Mi')) <= 0",
    message = "maxBytes must be at most 1Mi")
public record TruncateStage(
    @JsonPropertyDescription("Bytes that are left, such as 16Ki.")
        @Required
        @Size(max = 16)
        @Pattern(Syntax.SIZE)
        String maxBytes) {}
