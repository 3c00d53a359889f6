package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of lines above a rate.
public enum OnExceed {
  @JsonProperty("Drop")
  DROP,
  @JsonProperty("Delay")
  DELAY
}
