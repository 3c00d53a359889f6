package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// When the image is pulled.
public enum PullPolicy {
  @JsonProperty("Always")
  ALWAYS,
  @JsonProperty("IfNotPresent")
  IF_NOT_PRESENT,
  @JsonProperty("Never")
  NEVER
}
