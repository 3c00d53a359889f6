package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A header of every push.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.value) != has(self.secret)",
    message = "give value or secret, not both")
@ValidationRule(
    value =
        "!(self.name.lowerAscii() in ['host', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'connection', 'te', 'trailer', 'upgrade', 'proxy-authorization', 'x-scope-orgid'])",
    message = "this header is set by the agents")
public record Header(
    @JsonPropertyDescription("Name of the header.")
        @Required
        @Size(min = 1, max = 128)
        @Pattern("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
        String name,
    @JsonPropertyDescription("Its value.") @Size(max = 1024) @Pattern("^[\\t\\x20-\\x7e]*$")
        @Nullable String value,
    @JsonPropertyDescription("Where its value is kept.") @Nullable SecretKey secret) {}
