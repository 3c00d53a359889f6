package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of a line that is not of its format.
public enum ParseError {
  @JsonProperty("Keep")
  KEEP,
  @JsonProperty("Drop")
  DROP,
  @JsonProperty("Label")
  LABEL
}
