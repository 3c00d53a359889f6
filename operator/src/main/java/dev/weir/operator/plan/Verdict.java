package dev.weir.operator.plan;

import dev.weir.operator.children.PipelineFile;
import dev.weir.operator.render.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was decided about a pipeline.
///
/// @param generation of the spec that this is about
/// @param accepted whether the spec is valid and the class allows it
/// @param resolved whether everything that it names was found
/// @param file what agents run of it; null for nothing
/// @param superseded whether that is of an older spec, because the present one cannot run
/// @param paused whether that stays, whatever the spec says
/// @param singleton whether the one agent for events runs it
/// @param secretFiles names of the files of values that `file` reads
/// @param certificateEnds seconds since 1970; 0 when no certificate is known
public record Verdict(
    PipelineFacts pipeline,
    long generation,
    Outcome accepted,
    Outcome resolved,
    @Nullable PipelineFile file,
    boolean superseded,
    boolean paused,
    boolean singleton,
    List<String> secretFiles,
    List<SecretRef> secretRefs,
    long certificateEnds) {
  public Verdict {
    secretFiles = List.copyOf(secretFiles);
    secretRefs = List.copyOf(secretRefs);
  }

  public PipelineKey key() {
    return pipeline.key();
  }

  /// Whether a status may look different after it.
  public boolean differs(@Nullable Verdict other) {
    return other == null
        || generation != other.generation
        || superseded != other.superseded
        || paused != other.paused
        || !accepted.equals(other.accepted)
        || !resolved.equals(other.resolved)
        || !java.util.Objects.equals(file, other.file);
  }
}
