package dev.weir.operator.api;

/// Names of the API.
public final class Api {
  public static final String GROUP = "weir.dev";
  public static final String VERSION = "v1alpha1";

  private Api() {}
}
