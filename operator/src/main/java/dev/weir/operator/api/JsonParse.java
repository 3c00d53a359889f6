package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/// How JSON is read.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.fields) || self.fields.all(k, k.matches('^[a-zA-Z_@][a-zA-Z0-9_@.-]{0,127}$') && !k.startsWith('__'))",
    message = "fields must be of letters, digits and _ @ . -, and not begin with __")
public record JsonParse(
    @JsonPropertyDescription(
            "Paths (JMESPath) by the name under which a value is known to stages; empty for the field of that name.")
        @Size(max = 32)
        Map<String, @Size(max = 256) String> fields,
    @JsonPropertyDescription(
            "Whether the line stays as it is; otherwise its field message, or msg, becomes the line.")
        @Default("true")
        Boolean keepOriginal) {
  public JsonParse {
    fields = Given.map(fields);
    keepOriginal = Given.or(keepOriginal, true);
  }

  static final JsonParse DEFAULT = new JsonParse(Map.of(), true);
}
