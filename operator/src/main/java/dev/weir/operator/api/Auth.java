package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// How the agents tell who they are: at most one of its fields.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Auth(
    @JsonPropertyDescription("Name and password.") @Nullable BasicAuth basic,
    @JsonPropertyDescription("A token.") @Nullable BearerAuth bearer,
    @JsonPropertyDescription("Client credentials.") @Nullable OAuth2Auth oauth2) {}
