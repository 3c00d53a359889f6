package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which network policy the agents get.
public enum NetworkPolicyMode {
  @JsonProperty("Derived")
  DERIVED,
  @JsonProperty("AllowAll")
  ALLOW_ALL,
  @JsonProperty("None")
  NONE
}
