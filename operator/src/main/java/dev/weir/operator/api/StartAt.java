package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Where reading of a log begins that was there before its pipeline.
public enum StartAt {
  @JsonProperty("Beginning")
  BEGINNING,
  @JsonProperty("Now")
  NOW
}
