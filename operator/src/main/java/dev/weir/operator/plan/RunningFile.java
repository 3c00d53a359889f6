package dev.weir.operator.plan;

import dev.weir.operator.children.PipelineFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pipeline's file as it was last given to the agents.
///
/// @param uid of the pipeline
/// @param singleton whether it is that of the one agent for events
/// @param secretFiles names of the files of values that it reads
public record RunningFile(
    PipelineFile file, String uid, boolean singleton, List<String> secretFiles) {
  private static final Pattern UID = Pattern.compile("(?m)^\\s*uid\\s*=\\s*\"([^\"\\\\]+)\"");
  private static final Pattern SECRET = Pattern.compile("\"/etc/weir/secrets/([0-9a-f]{40})\"");

  public RunningFile {
    secretFiles = List.copyOf(secretFiles);
  }

  /// Reads what an operator before this one left in a ConfigMap; empty for a file without a
  /// pipeline.
  public static Optional<RunningFile> read(PipelineFile file, boolean singleton) {
    String text = file.text();
    Matcher uid = UID.matcher(text);
    if (!uid.find()) {
      return Optional.empty();
    }
    List<String> secrets = SECRET.matcher(text).results().map(found -> found.group(1)).toList();
    return Optional.of(
        new RunningFile(file, uid.group(1), singleton, secrets.stream().distinct().toList()));
  }
}
