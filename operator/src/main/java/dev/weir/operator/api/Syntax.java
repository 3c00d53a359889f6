package dev.weir.operator.api;

/// Patterns of fields, as the schema has them.
final class Syntax {
  static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
  static final String DNS_NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
  static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";
  static final String LABEL_NAME = "^[a-zA-Z_][a-zA-Z0-9_]{0,63}$";
  static final String METADATA_NAME = "^[a-zA-Z_][a-zA-Z0-9_]{0,63}$";
  static final String KUBERNETES_KEY =
      "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
  static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";
  static final String SIZE = "^[1-9][0-9]*(Ki|Mi|Gi)?$";
  static final String GLOB = "^[A-Za-z0-9_.*?-]+$";
  static final String RATE = "^(0(\\.[0-9]+)?|1(\\.0+)?)$";
  static final String NO_CONTROL = "^[^\\x00-\\x1f\\x7f]*$";

  private Syntax() {}
}
