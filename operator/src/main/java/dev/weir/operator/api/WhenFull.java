package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens while a destination takes nothing and the buffer is full.
public enum WhenFull {
  @JsonProperty("Pause")
  PAUSE,
  @JsonProperty("DropNewest")
  DROP_NEWEST
}
