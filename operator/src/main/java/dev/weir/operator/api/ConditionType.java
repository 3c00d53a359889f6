package dev.weir.operator.api;

/// What a condition of a status is about. The texts are part of the API.
public enum ConditionType {
  /// The spec is valid and the class allows it.
  ACCEPTED("Accepted"),
  /// Everything that the spec names was found.
  RESOLVED_REFS("ResolvedRefs"),
  /// The agents run it.
  PROGRAMMED("Programmed"),
  /// Logs arrive.
  FLOW_HEALTHY("FlowHealthy"),
  /// Accepted, resolved and programmed.
  READY("Ready"),
  /// Work is under way; only present when true.
  RECONCILING("Reconciling"),
  /// A person must change something; only present when true.
  STALLED("Stalled");

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  /// As it stands in a status.
  public String text() {
    return text;
  }
}
