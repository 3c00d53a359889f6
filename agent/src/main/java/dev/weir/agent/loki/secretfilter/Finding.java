package dev.weir.agent.loki.secretfilter;

/// A secret found in a line.
///
/// @param rule the id of the rule that found it
record Finding(String rule, String secret) {
  /// Never the secret.
  @Override
  public String toString() {
    return rule;
  }
}
