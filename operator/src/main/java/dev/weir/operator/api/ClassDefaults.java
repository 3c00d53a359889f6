package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all pipelines of a class get.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassDefaults(
    @JsonPropertyDescription("What is added to lines of pods, beside what a pipeline adds.")
        @Nullable Enrich enrich,
    @JsonPropertyDescription("Value of the label cluster on every entry.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.NO_CONTROL)
        @Nullable String clusterName,
    @JsonPropertyDescription("Stages that run before those of a pipeline, written as there.")
        @Size(max = 8)
        @Opaque
        List<Stage> globalStages,
    @JsonPropertyDescription("Stages that run after those of a pipeline, written as there.")
        @Size(max = 8)
        @Opaque
        List<Stage> enforcedStages,
    @JsonPropertyDescription("How pushes are sent again.") Retry retry,
    @JsonPropertyDescription("What waits in memory.") Buffer buffer) {
  public ClassDefaults {
    globalStages = Given.list(globalStages);
    enforcedStages = Given.list(enforcedStages);
    retry = Given.or(retry, Retry.DEFAULT);
    buffer = Given.or(buffer, Buffer.DEFAULT);
  }

  static final ClassDefaults NONE =
      new ClassDefaults(null, null, List.of(), List.of(), Retry.DEFAULT, Buffer.DEFAULT);
}
