package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// A capability of Linux that agents may get.
public enum Capability {
  @JsonProperty("DAC_READ_SEARCH")
  DAC_READ_SEARCH
}
