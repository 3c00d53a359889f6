package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/// Changes labels.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelsStage(
    @JsonPropertyDescription("Labels to set.") @Size(max = 16)
        Map<String, @Size(max = 1024) @Pattern(Syntax.NO_CONTROL) String> set,
    @JsonPropertyDescription("Fields by the label that takes their value.") @Size(max = 16)
        Map<String, @Size(min = 1, max = 128) String> fromField,
    @JsonPropertyDescription("Labels to remove.") @Size(max = 32)
        List<@Size(max = 64) @Pattern(Syntax.LABEL_NAME) String> remove) {
  public LabelsStage {
    set = Given.map(set);
    fromField = Given.map(fromField);
    remove = Given.list(remove);
  }
}
