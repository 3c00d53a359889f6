package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How the agents tell who they are: at most one of its fields.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "[has(self.basic), has(self.bearer), has(self.oauth2)].exists_one(x, x)",
    message = "give exactly one of basic, bearer, oauth2")
public record Auth(
    @JsonPropertyDescription("Name and password.") @Nullable BasicAuth basic,
    @JsonPropertyDescription("A token.") @Nullable BearerAuth bearer,
    @JsonPropertyDescription("Client credentials.") @Nullable OAuth2Auth oauth2) {}
