package dev.weir.agent.docker;

import java.util.Map;

/// A network of the Engine.
public record Network(
    String id,
    String name,
    String scope,
    boolean internal,
    boolean ingress,
    Map<String, String> labels) {
  public Network {
    labels = Map.copyOf(labels);
  }
}
