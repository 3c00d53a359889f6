package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// One of a container's two outputs.
public enum Stream {
  @JsonProperty("stdout")
  STDOUT,
  @JsonProperty("stderr")
  STDERR
}
