package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// Client credentials of OAuth 2.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "isURL(self.tokenURL) && self.tokenURL.matches('^(https?)://[A-Za-z0-9._:\\\\[\\\\]-]+([/?][!-\\\"$-?A-~]*)?$')",
    message = "tokenURL must be http:// or https://, without user, fragment, blanks")
public record OAuth2Auth(
    @JsonPropertyDescription("Where tokens are fetched.") @Required @Size(min = 1, max = 2048)
        String tokenURL,
    @JsonPropertyDescription("Name of the client.")
        @Required
        @Size(min = 1, max = 256)
        @Pattern(Syntax.NO_CONTROL)
        String clientID,
    @JsonPropertyDescription("Where its secret is kept.") @Required SecretKey clientSecret,
    @JsonPropertyDescription("Scopes to ask for.") @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.NO_CONTROL) String> scopes) {
  public OAuth2Auth {
    scopes = Given.list(scopes);
  }
}
