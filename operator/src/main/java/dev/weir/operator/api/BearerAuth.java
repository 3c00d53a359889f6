package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// A token.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BearerAuth(
    @JsonPropertyDescription("Where the token is kept.") @Required SecretKey token) {}
