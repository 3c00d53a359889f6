package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// Name and password.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BasicAuth(
    @JsonPropertyDescription("The name.") @Required Username username,
    @JsonPropertyDescription("Where the password is kept.") @Required SecretKey password) {}
