package dev.weir.agent.cli;

import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.river.eval.ByteSize;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options for a directory of pipelines.
final class PipelineOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--pipelines.dir",
      paramLabel = "DIR",
      description = "Run every *.river and *.river.gz in it as a pipeline of its own.")
  private @Nullable Path directory;

  @Option(
      names = "--pipelines.secrets-dir",
      paramLabel = "DIR",
      description = "The only directory pipelines may read files from. Default: /etc/weir/secrets.")
  private @Nullable Path secrets;

  @Option(
      names = "--pipelines.pod-logs-dir",
      paramLabel = "DIR",
      description =
          "The only directory pipelines may read pods' logs from. Default: /var/log/pods.")
  private @Nullable Path podLogs;

  @Option(
      names = "--pipelines.max-buffer",
      paramLabel = "SIZE",
      description =
          "What may wait for all destinations of all pipelines together; a pipeline beyond its"
              + " share stops reading. Default: 64MiB, at most a quarter of the heap.")
  private @Nullable String maxBuffer;

  @Option(
      names = "--pipelines.max-file-size",
      paramLabel = "SIZE",
      description = "The largest text of a pipeline, unpacked. Default: 64KiB.")
  private @Nullable String maxFileSize;

  /// Whether there is a directory to run.
  boolean isGiven() {
    if (directory == null && (secrets != null || podLogs != null || maxBuffer != null)) {
      throw new ParameterException(
          spec.commandLine(), "--pipelines.* options need --pipelines.dir");
    }
    return directory != null;
  }

  /// As given; defaults for what is not.
  PipelineSettings settings() {
    Path given = directory;
    if (given == null) {
      throw new IllegalStateException("no --pipelines.dir");
    }
    PipelineSettings settings = PipelineSettings.of(given);
    settings = secrets == null ? settings : settings.withSecrets(secrets);
    settings = podLogs == null ? settings : settings.withPodLogs(podLogs);
    settings = maxBuffer == null ? settings : settings.withMaxBuffer(size(maxBuffer));
    return maxFileSize == null
        ? settings
        : settings.withMaxFileBytes(Math.toIntExact(size(maxFileSize)));
  }

  private long size(String text) {
    try {
      long bytes = ByteSize.parse(text).bytes();
      if (bytes >= 1 && bytes <= Integer.MAX_VALUE) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ParameterException(spec.commandLine(), "\"" + text + "\" is no usable size");
  }
}
