package dev.weir.operator.status;

import dev.weir.operator.api.OutputStatus;
import dev.weir.operator.api.PipelineStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps writes of statuses rare: only what changed, and each pipeline's seldom, but for the first
/// answer to an edit, which a person waits for.
///
/// Thread-safe.
public final class StatusBudget {
  /// Pauses between two writes that are for counts only.
  private static final int COUNTS = 10;

  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final Duration pause;
  private final InstantSource clock;

  private record Written(PipelineStatus status, Instant at) {}

  /// What to do with a status.
  ///
  /// @param delay how long until it may be written; zero for now
  public record Decision(boolean write, Duration delay) {
    static final Decision NOTHING = new Decision(false, Duration.ZERO);
  }

  /// @param pause between two writes of one pipeline's status
  public StatusBudget(Duration pause, InstantSource clock) {
    this.pause = pause;
    this.clock = clock;
  }

  /// The status as it is now, of which a cache may not know yet.
  public @Nullable PipelineStatus latest(String uid, @Nullable PipelineStatus cached) {
    Written last = written.get(uid);
    return last == null ? cached : last.status();
  }

  /// Whether a status is to be written, and when.
  ///
  /// @param cached the status in the cluster, as far as is known
  public Decision decide(String uid, @Nullable PipelineStatus cached, PipelineStatus wanted) {
    PipelineStatus latest = latest(uid, cached);
    if (latest != null && plain(latest).equals(plain(wanted))) {
      return Decision.NOTHING;
    }
    Written last = written.get(uid);
    if (last == null
        || !Objects.equals(last.status().observedGeneration(), wanted.observedGeneration())) {
      return new Decision(true, Duration.ZERO);
    }
    boolean countsOnly = withoutCounts(plain(last.status())).equals(withoutCounts(plain(wanted)));
    Duration longer = countsOnly ? pause.multipliedBy(COUNTS) : pause;
    Duration wait = Duration.between(clock.instant(), last.at().plus(longer));
    return wait.isPositive() ? new Decision(false, wait) : new Decision(true, Duration.ZERO);
  }

  public void written(String uid, PipelineStatus status) {
    written.put(uid, new Written(status, clock.instant()));
  }

  public void forget(String uid) {
    written.remove(uid);
  }

  /// Entries sent and the time of the last success change all the time.
  private static PipelineStatus withoutCounts(PipelineStatus status) {
    return new PipelineStatus(
        status.observedGeneration(),
        status.className(),
        status.revision(),
        status.conditions(),
        status.agents(),
        status.targets(),
        status.outputs().stream()
            .map(output ->
                new OutputStatus(
                    output.name(), output.healthy(), null, output.lastError(), 0, 0, 0))
            .toList());
  }

  /// Without the times of transitions, which follow from the rest.
  private static PipelineStatus plain(PipelineStatus status) {
    return new PipelineStatus(
        status.observedGeneration(),
        status.className(),
        status.revision(),
        status.conditions().stream().map(StatusBudget::plain).toList(),
        status.agents(),
        status.targets(),
        status.outputs());
  }

  private static Condition plain(Condition condition) {
    var plain = new Condition();
    plain.setType(condition.getType());
    plain.setStatus(condition.getStatus());
    plain.setReason(condition.getReason());
    plain.setMessage(condition.getMessage());
    plain.setObservedGeneration(condition.getObservedGeneration());
    return plain;
  }

  /// The condition of a type.
  public static Optional<Condition> condition(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type);
  }
}
