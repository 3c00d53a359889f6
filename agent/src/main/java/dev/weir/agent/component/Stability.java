package dev.weir.agent.component;

/// How settled a component is; the command line sets the least that is allowed.
public enum Stability {
  EXPERIMENTAL("experimental"),
  PUBLIC_PREVIEW("public-preview"),
  GENERALLY_AVAILABLE("generally-available");

  private final String text;

  Stability(String text) {
    this.text = text;
  }

  /// The name as the command line and messages have it.
  public String text() {
    return text;
  }
}
