package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/// Changes structured metadata.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(has(self.set) && self.set.size() > 0) || (has(self.fromField) && self.fromField.size() > 0) || (has(self.remove) && self.remove.size() > 0)",
    message = "give set, fromField or remove")
@ValidationRule(
    value =
        "!has(self.set) || self.set.all(k, k.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,63}$') && !k.startsWith('__'))",
    message = "names must be of letters, digits and _, begin with no digit, and not begin with __")
@ValidationRule(
    value =
        "!has(self.fromField) || self.fromField.all(k, k.matches('^[a-zA-Z_][a-zA-Z0-9_]{0,63}$') && !k.startsWith('__'))",
    message = "names must be of letters, digits and _, begin with no digit, and not begin with __")
@ValidationRule(
    value =
        "!has(self.fromField) || self.fromField.all(k, self.fromField[k].matches('^[a-zA-Z_@][a-zA-Z0-9_@.-]*$') && !self.fromField[k].startsWith('__'))",
    message = "fields must be of letters, digits and _ @ . -, and not begin with __")
@ValidationRule(
    value = "!has(self.remove) || self.remove.all(k, !k.startsWith('__'))",
    message = "remove must not name what begins with __")
public record MetadataStage(
    @JsonPropertyDescription("Metadata to set.") @JsonProperty("set") @Size(max = 16)
        Map<String, @Size(max = 1024) @Pattern(Syntax.NO_CONTROL) String> fixed,
    @JsonPropertyDescription("Fields by the metadata that takes their value.") @Size(max = 16)
        Map<String, @Size(min = 1, max = 128) String> fromField,
    @JsonPropertyDescription("Metadata to remove.") @Size(max = 32)
        List<@Size(max = 64) @Pattern(Syntax.METADATA_NAME) String> remove) {
  public MetadataStage {
    fixed = Given.map(fixed);
    fromField = Given.map(fromField);
    remove = Given.list(remove);
  }
}
