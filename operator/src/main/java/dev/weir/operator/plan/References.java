package dev.weir.operator.plan;

import dev.weir.operator.api.Reason;
import dev.weir.operator.plan.SecretValues.Value;
import dev.weir.operator.render.SecretRef;
import java.time.Instant;
import java.util.List;

/// Looks whether everything that a pipeline names is there and of use.
final class References {
  private References() {}

  /// @param missing whether a value is not there, so that the River that reads it cannot run
  /// @param certificateEnds seconds since 1970; 0 when there is no certificate
  record Result(Outcome outcome, boolean missing, long certificateEnds) {}

  static Result check(List<SecretRef> refs, SecretValues values, Instant now) {
    Outcome worst = Outcome.good(Reason.RESOLVED, "everything that the pipeline names was found");
    boolean missing = false;
    long ends = 0;
    for (SecretRef ref : refs) {
      switch (values.value(ref)) {
        case Value.Present(String base64) -> {
          if (Certificates.isCertificate(ref.path())) {
            Certificates.Finding finding = Certificates.check(ref.path(), base64, now);
            worst = worse(worst, finding.outcome());
            ends = earlier(ends, finding.ends());
          }
        }
        case Value.NoObject(String message) -> {
          missing = true;
          worst = worse(worst, Outcome.bad(Reason.SECRET_NOT_FOUND, ref.path() + ": " + message));
        }
        case Value.NoKey(String message) -> {
          missing = true;
          worst = worse(worst, Outcome.bad(Reason.SECRET_KEY_MISSING, ref.path() + ": " + message));
        }
      }
    }
    return new Result(worst, missing, ends);
  }

  /// The first that is bad; a warning before a plain success.
  private static Outcome worse(Outcome one, Outcome other) {
    if (!one.good()) {
      return one;
    }
    return !other.good() || other.reason() != Reason.RESOLVED ? other : one;
  }

  private static long earlier(long seconds, Instant ends) {
    if (ends.equals(Instant.MAX)) {
      return seconds;
    }
    return seconds == 0 ? ends.getEpochSecond() : Math.min(seconds, ends.getEpochSecond());
  }
}
