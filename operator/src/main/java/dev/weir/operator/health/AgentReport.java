package dev.weir.operator.health;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent tells at `/api/v1/pipelines`.
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentReport(
    @Nullable String instanceId,
    @Nullable String version,
    @Nullable String node,
    List<OfPipeline> pipelines) {
  AgentReport {
    pipelines = pipelines == null ? List.of() : List.copyOf(pipelines);
  }

  /// One file of the agent.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record OfPipeline(
      @Nullable String uid,
      @Nullable String hash,
      @Nullable String wantedHash,
      @Nullable String state,
      @Nullable Problem error,
      @Nullable Targets targets,
      List<OfOutput> outputs) {
    OfPipeline {
      outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
  }

  /// Why a file does not run.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Problem(@Nullable String message, int line, int column) {}

  /// What a pipeline reads on the agent's node.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Targets(int pods, int containers) {}

  /// One destination of a pipeline.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record OfOutput(
      String name,
      @Nullable Sent sent,
      Map<String, Long> dropped,
      @Nullable String lastSuccess,
      @Nullable LastError lastError,
      long lagBytes,
      double oldestUnsentSeconds,
      long lostBytes) {
    OfOutput {
      dropped = dropped == null ? Map.of() : Map.copyOf(dropped);
    }

    long droppedTotal() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether the last that is known of it is an error.
    boolean failing() {
      if (lastError == null) {
        return false;
      }
      return lastSuccess == null
          || lastError.time() == null
          || lastSuccess.compareTo(lastError.time()) < 0;
    }
  }

  /// Entries that were confirmed.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Sent(long total, double perSecond1m, double perSecond5m) {}

  /// What a destination last answered that was no success.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record LastError(int code, @Nullable String message, @Nullable String time) {}
}
