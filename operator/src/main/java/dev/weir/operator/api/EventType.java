package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The two types of events of Kubernetes.
public enum EventType {
  @JsonProperty("Normal")
  NORMAL,
  @JsonProperty("Warning")
  WARNING
}
