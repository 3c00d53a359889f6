package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether something is made.
public enum Switch {
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Enabled")
  ENABLED,
  @JsonProperty("Disabled")
  DISABLED
}
