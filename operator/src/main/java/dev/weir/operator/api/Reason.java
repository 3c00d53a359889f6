package dev.weir.operator.api;

/// Why a condition is as it is. The texts are part of the API.
public enum Reason {
  ACCEPTED("Accepted", ConditionType.ACCEPTED),
  INVALID_SPEC("InvalidSpec", ConditionType.ACCEPTED),
  NOT_ALLOWED_BY_CLASS("NotAllowedByClass", ConditionType.ACCEPTED),
  INPUT_NOT_ALLOWED_BY_CLASS("InputNotAllowedByClass", ConditionType.ACCEPTED),
  DESTINATION_DENIED("DestinationDenied", ConditionType.ACCEPTED),
  QUOTA_EXCEEDED("QuotaExceeded", ConditionType.ACCEPTED),
  CLASS_NOT_FOUND("ClassNotFound", ConditionType.ACCEPTED),
  TOO_LARGE("TooLarge", ConditionType.ACCEPTED),
  REGEX_INVALID("RegexInvalid", ConditionType.ACCEPTED),
  SUSPENDED("Suspended", ConditionType.ACCEPTED),
  RESOLVED("Resolved", ConditionType.RESOLVED_REFS),
  SECRET_NOT_FOUND("SecretNotFound", ConditionType.RESOLVED_REFS),
  SECRET_KEY_MISSING("SecretKeyMissing", ConditionType.RESOLVED_REFS),
  CERTIFICATE_INVALID("CertificateInvalid", ConditionType.RESOLVED_REFS),
  CERTIFICATE_EXPIRED("CertificateExpired", ConditionType.RESOLVED_REFS),
  CERTIFICATE_EXPIRES_SOON("CertificateExpiresSoon", ConditionType.RESOLVED_REFS),
  APPLIED("Applied", ConditionType.PROGRAMMED),
  PENDING("Pending", ConditionType.PROGRAMMED),
  AGENT_REJECTED("AgentRejected", ConditionType.PROGRAMMED),
  CLASS_NOT_READY("ClassNotReady", ConditionType.PROGRAMMED),
  SUPERSEDED("Superseded", ConditionType.PROGRAMMED),
  PAUSED("Paused", ConditionType.PROGRAMMED),
  FLOWING("Flowing", ConditionType.FLOW_HEALTHY),
  IDLE("Idle", ConditionType.FLOW_HEALTHY),
  NO_PODS_MATCHED("NoPodsMatched", ConditionType.FLOW_HEALTHY),
  ALL_DROPPED("AllDropped", ConditionType.FLOW_HEALTHY),
  SOME_DROPPED("SomeDropped", ConditionType.FLOW_HEALTHY),
  DESTINATION_UNREACHABLE("DestinationUnreachable", ConditionType.FLOW_HEALTHY),
  UNAUTHORIZED("Unauthorized", ConditionType.FLOW_HEALTHY),
  RATE_LIMITED_BY_DESTINATION("RateLimitedByDestination", ConditionType.FLOW_HEALTHY),
  REJECTED_BY_DESTINATION("RejectedByDestination", ConditionType.FLOW_HEALTHY),
  FALLING_BEHIND("FallingBehind", ConditionType.FLOW_HEALTHY),
  LOSING_LOGS("LosingLogs", ConditionType.FLOW_HEALTHY),
  AGENTS_UNREACHABLE("AgentsUnreachable", ConditionType.FLOW_HEALTHY);

  private final String text;
  private final ConditionType condition;

  Reason(String text, ConditionType condition) {
    this.text = text;
    this.condition = condition;
  }

  /// As it stands in a status.
  public String text() {
    return text;
  }

  /// The condition that has this reason first; `Ready` and `Stalled` repeat it.
  public ConditionType condition() {
    return condition;
  }
}
