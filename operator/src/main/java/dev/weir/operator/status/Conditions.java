package dev.weir.operator.status;

import dev.weir.operator.api.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the conditions of one status. The time of a transition is kept while its status stays.
final class Conditions {
  private static final int LONGEST_MESSAGE = 1024;

  private final List<Condition> before;
  private final List<Condition> made = new ArrayList<>();
  private final long generation;
  private final String now;

  Conditions(List<Condition> before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// @param status `True`, `False` or `Unknown`
  void add(String type, String status, String reason, String message) {
    var condition = new Condition();
    condition.setType(type);
    condition.setStatus(status);
    condition.setReason(reason);
    condition.setMessage(
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
    condition.setObservedGeneration(generation);
    condition.setLastTransitionTime(
        find(before, type)
            .filter(old -> old.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .orElse(now));
    made.add(condition);
  }

  void add(ConditionType type, boolean status, String reason, String message) {
    add(type.text(), status ? "True" : "False", reason, message);
  }

  List<Condition> all() {
    return List.copyOf(made);
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }
}
