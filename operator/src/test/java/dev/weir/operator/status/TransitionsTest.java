package dev.weir.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.status.Transitions.Transition;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static PipelineStatus status(ConditionType type, boolean fine, String reason) {
    var conditions = new Conditions(List.of(), 1, Instant.EPOCH);
    conditions.add(type, fine, reason, "about " + reason);
    List<Condition> all = conditions.all();
    return new PipelineStatus(1L, "default", null, all, null, null, List.of());
  }

  @Test
  void tellsOnceThatACertificateEndsSoon() {
    PipelineStatus resolved = status(ConditionType.RESOLVED_REFS, true, "Resolved");
    PipelineStatus expires = status(ConditionType.RESOLVED_REFS, true, "CertificateExpiresSoon");
    var news = new Transition("CertificateExpiresSoon", true, "about CertificateExpiresSoon");

    assertThat(Transitions.between(resolved, expires)).containsExactly(news);
    assertThat(Transitions.between(null, expires)).containsExactly(news);
    assertThat(Transitions.between(expires, expires)).isEmpty();
    assertThat(Transitions.between(expires, resolved)).isEmpty();
  }

  @Test
  void tellsOfBadNewsWhenTheirReasonChanges() {
    PipelineStatus missing = status(ConditionType.RESOLVED_REFS, false, "SecretNotFound");
    PipelineStatus key = status(ConditionType.RESOLVED_REFS, false, "SecretKeyMissing");

    assertThat(Transitions.between(null, missing))
        .containsExactly(new Transition("SecretNotFound", true, "about SecretNotFound"));
    assertThat(Transitions.between(missing, key))
        .containsExactly(new Transition("SecretKeyMissing", true, "about SecretKeyMissing"));
    assertThat(Transitions.between(key, key)).isEmpty();
    assertThat(Transitions.between(key, status(ConditionType.RESOLVED_REFS, true, "Resolved")))
        .containsExactly(new Transition("ResolvedRefs", false, "about Resolved"));
  }

  @Test
  void tellsNothingOfWhatGoesWellFromTheStartOrIsOnItsWay() {
    assertThat(Transitions.between(null, status(ConditionType.FLOW_HEALTHY, true, "Flowing")))
        .isEmpty();
    assertThat(Transitions.between(null, status(ConditionType.PROGRAMMED, false, "Pending")))
        .isEmpty();
    assertThat(Transitions.between(null, status(ConditionType.ACCEPTED, true, "Accepted")))
        .containsExactly(new Transition("Accepted", false, "about Accepted"));
  }
}
