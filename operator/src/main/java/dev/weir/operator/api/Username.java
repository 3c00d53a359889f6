package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A name as it is, or a value of a Secret.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.value) != has(self.secret)",
    message = "give value or secret, not both")
public record Username(
    @JsonPropertyDescription("The name itself.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.NO_CONTROL)
        @Nullable String value,
    @JsonPropertyDescription("Where it is kept.") @Nullable SecretKey secret) {}
