package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of a line that is longer than it may be.
public enum LongLine {
  @JsonProperty("Truncate")
  TRUNCATE,
  @JsonProperty("Split")
  SPLIT,
  @JsonProperty("Drop")
  DROP
}
