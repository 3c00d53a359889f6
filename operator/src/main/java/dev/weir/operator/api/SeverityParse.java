package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/// Where the severity of a line stands. It becomes the structured metadata level, as one of trace,
/// debug, info, warn, error, fatal.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.field) || (self.field.matches('^[a-zA-Z_@][a-zA-Z0-9_@.-]*$') && !self.field.startsWith('__'))",
    message = "field must be of letters, digits and _ @ . -, and not begin with __")
public record SeverityParse(
    @JsonPropertyDescription("Name of the field.") @Default("level") @Size(min = 1, max = 128)
        String field,
    @JsonPropertyDescription(
            "Severities by the texts of the field that mean them, beside the usual ones. Letter case does not matter.")
        @Size(max = 16)
        Map<String, Severity> map) {
  public SeverityParse {
    field = Given.or(field, "level");
    map = Given.map(map);
  }
}
