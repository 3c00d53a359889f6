package dev.weir.operator.status;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person should hear of between two statuses of a pipeline.
public final class Transitions {
  private Transitions() {}

  /// Something that happened to a pipeline.
  ///
  /// @param warning whether it is bad news
  public record Transition(String reason, boolean warning, String message) {}

  /// What happened from one status to the next.
  ///
  /// @param before null for none
  public static List<Transition> between(@Nullable PipelineStatus before, PipelineStatus after) {
    List<Condition> old = before == null ? List.of() : before.conditions();
    var transitions = new ArrayList<Transition>();
    add(transitions, old, after, ConditionType.ACCEPTED, "Accepted");
    add(transitions, old, after, ConditionType.RESOLVED_REFS, "ResolvedRefs");
    expiry(old, after).ifPresent(transitions::add);
    add(transitions, old, after, ConditionType.PROGRAMMED, "Programmed");
    add(transitions, old, after, ConditionType.FLOW_HEALTHY, "FlowRecovered");
    return transitions;
  }

  private static void add(
      List<Transition> transitions,
      List<Condition> old,
      PipelineStatus after,
      ConditionType type,
      String good) {
    Optional<Condition> now = Conditions.find(after.conditions(), type.text());
    if (now.isEmpty() || now.get().getStatus().equals("Unknown")) {
      return;
    }
    Condition condition = now.get();
    Optional<Condition> before = Conditions.find(old, type.text());
    boolean fine = condition.getStatus().equals("True");
    String was = before.map(Condition::getStatus).orElse(fine && quiet(type) ? "True" : "");
    boolean otherReason =
        !fine && before.isPresent() && !before.get().getReason().equals(condition.getReason());
    if (waiting(condition) || (was.equals(condition.getStatus()) && !otherReason)) {
      return;
    }
    transitions.add(
        new Transition(fine ? good : condition.getReason(), !fine, condition.getMessage()));
  }

  /// References are resolved with a certificate that ends soon: fine, and somebody must act.
  private static Optional<Transition> expiry(List<Condition> old, PipelineStatus after) {
    return Conditions.find(after.conditions(), ConditionType.RESOLVED_REFS.text())
        .filter(Transitions::expires)
        .filter(_ ->
            Conditions.find(old, ConditionType.RESOLVED_REFS.text())
                .filter(Transitions::expires)
                .isEmpty())
        .map(now -> new Transition(now.getReason(), true, now.getMessage()));
  }

  private static boolean expires(Condition condition) {
    return condition.getReason().equals(Reason.CERTIFICATE_EXPIRES_SOON.text());
  }

  /// What goes well from the start is no news.
  private static boolean quiet(ConditionType type) {
    return type == ConditionType.RESOLVED_REFS || type == ConditionType.FLOW_HEALTHY;
  }

  /// On its way is neither good nor bad.
  private static boolean waiting(Condition condition) {
    return condition.getReason().equals("Pending") || condition.getReason().equals("ClassNotReady");
  }
}
