package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Report;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pipeline tells of itself. Texts are free of credentials and of content of log lines.
///
/// @param file its name, without the directory
/// @param kind of the custom resource; told by the file's name as long as the file says nothing
/// @param uid empty as long as the file says nothing
/// @param hash of the text that runs; empty when none does
/// @param wantedHash of the text as it lies there; empty when it cannot be read
/// @param error why the text as it lies there does not run, or what has gone wrong since; null when
///   all is well
/// @param dropped entries that did not get as far as an output, by reason
public record PipelineStatus(
    String file,
    String kind,
    String namespace,
    String name,
    String uid,
    String hash,
    String wantedHash,
    State state,
    @Nullable Problem error,
    Targets targets,
    Map<String, Long> dropped,
    List<Output> outputs) {
  public PipelineStatus {
    dropped = Map.copyOf(dropped);
    outputs = List.copyOf(outputs);
  }

  /// Which text runs.
  public enum State {
    /// The one that lies there.
    RUNNING,
    /// None, or one whose component has crashed.
    FAILED,
    /// The last good one, while the one that lies there is bad.
    SUPERSEDED;

    /// The name as the API and metrics have it.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Something wrong with a text.
  ///
  /// @param line from 1; 0 when no place is to blame
  public record Problem(String message, int line, int column) {}

  /// What it reads from on this node.
  public record Targets(int pods, int containers) {
    static final Targets NONE = new Targets(0, 0);
  }

  /// One destination.
  ///
  /// @param name of the output in the custom resource
  /// @param sent entries that it has taken
  /// @param lastError free of credentials; null while there was none
  public record Output(
      String name,
      long sent,
      double perSecond1m,
      double perSecond5m,
      Map<String, Long> dropped,
      long retries,
      @Nullable Instant lastSuccess,
      Report.@Nullable Failure lastError,
      long lagBytes,
      double oldestUnsentSeconds,
      long lostBytes) {
    public Output {
      dropped = Map.copyOf(dropped);
    }
  }
}
