package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/// Changes structured metadata.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MetadataStage(
    @JsonPropertyDescription("Metadata to set.") @Size(max = 16)
        Map<String, @Size(max = 1024) @Pattern(Syntax.NO_CONTROL) String> set,
    @JsonPropertyDescription("Fields by the metadata that takes their value.") @Size(max = 16)
        Map<String, @Size(min = 1, max = 128) String> fromField,
    @JsonPropertyDescription("Metadata to remove.") @Size(max = 32)
        List<@Size(max = 64) @Pattern(Syntax.METADATA_NAME) String> remove) {
  public MetadataStage {
    set = Given.map(set);
    fromField = Given.map(fromField);
    remove = Given.list(remove);
  }
}
