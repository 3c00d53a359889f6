package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// Where the time of a line stands.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.field.matches('^[a-zA-Z_@][a-zA-Z0-9_@.-]*$') && !self.field.startsWith('__')",
    message = "field must be of letters, digits and _ @ . -, and not begin with __")
public record TimestampParse(
    @JsonPropertyDescription("Name of the field.") @Required @Size(min = 1, max = 128) String field,
    @JsonPropertyDescription(
            "How it may be written, tried in order: RFC3339, RFC3339Nano, Unix, UnixMs, UnixUs, UnixNs, or a Go layout.")
        @Default("[\"RFC3339Nano\"]")
        @Size(min = 1, max = 8)
        List<@Size(min = 1, max = 128) String> formats,
    @JsonPropertyDescription("Zone of times that name none, by its IANA name; UTC when empty.")
        @Size(max = 64)
        @Pattern("^[A-Za-z0-9_+/-]*$")
        String zone) {
  public TimestampParse {
    formats = formats == null || formats.isEmpty() ? List.of("RFC3339Nano") : List.copyOf(formats);
    zone = Given.or(zone, "");
  }
}
