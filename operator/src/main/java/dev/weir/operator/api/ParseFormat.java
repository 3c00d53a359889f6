package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How lines are read.
public enum ParseFormat {
  @JsonProperty("None")
  NONE,
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("JSON")
  JSON,
  @JsonProperty("Logfmt")
  LOGFMT,
  @JsonProperty("Regex")
  REGEX
}
