package dev.weir.agent.pipelinedir;

import java.nio.file.Path;
import java.time.Duration;

/// How to run a directory of pipelines.
///
/// @param directory whose `*.river` and `*.river.gz` are pipelines
/// @param secrets the only directory that pipelines may read files from
/// @param podLogs the only directory that pipelines of a namespace may read logs from
/// @param maxFileBytes the largest text of a pipeline
/// @param maxFiles the most pipelines
/// @param maxBuffer bytes that may wait for destinations, of all pipelines together
/// @param poll how often to look at the directory where nothing tells of changes
public record PipelineSettings(
    Path directory,
    Path secrets,
    Path podLogs,
    int maxFileBytes,
    int maxFiles,
    long maxBuffer,
    Duration poll) {
  private static final Path SECRETS = Path.of("/etc/weir/secrets");
  private static final Path POD_LOGS = Path.of("/var/log/pods");
  private static final int MAX_FILE_BYTES = 64 << 10;
  private static final int MAX_FILES = 10_000;
  private static final long MAX_BUFFER = 64 << 20;

  /// Of the heap; the rest is for readers and pipelines themselves.
  private static final int PART_OF_HEAP = 4;

  private static final Duration POLL = Duration.ofSeconds(10);

  public PipelineSettings {
    directory = directory.toAbsolutePath().normalize();
    secrets = secrets.toAbsolutePath().normalize();
    podLogs = podLogs.toAbsolutePath().normalize();
  }

  /// With the defaults.
  public static PipelineSettings of(Path directory) {
    long buffer = Math.min(MAX_BUFFER, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    return new PipelineSettings(
        directory, SECRETS, POD_LOGS, MAX_FILE_BYTES, MAX_FILES, buffer, POLL);
  }

  /// What is known of namespaces: it lies beside the pipelines.
  Path namespaces() {
    return directory.resolve("namespaces.json");
  }

  public PipelineSettings withSecrets(Path newSecrets) {
    return new PipelineSettings(
        directory, newSecrets, podLogs, maxFileBytes, maxFiles, maxBuffer, poll);
  }

  public PipelineSettings withPodLogs(Path newPodLogs) {
    return new PipelineSettings(
        directory, secrets, newPodLogs, maxFileBytes, maxFiles, maxBuffer, poll);
  }

  public PipelineSettings withMaxBuffer(long newMaxBuffer) {
    return new PipelineSettings(
        directory, secrets, podLogs, maxFileBytes, maxFiles, newMaxBuffer, poll);
  }

  public PipelineSettings withMaxFileBytes(int newMaxFileBytes) {
    return new PipelineSettings(
        directory, secrets, podLogs, newMaxFileBytes, maxFiles, maxBuffer, poll);
  }

  public PipelineSettings withPoll(Duration newPoll) {
    return new PipelineSettings(
        directory, secrets, podLogs, maxFileBytes, maxFiles, maxBuffer, newPoll);
  }
}
