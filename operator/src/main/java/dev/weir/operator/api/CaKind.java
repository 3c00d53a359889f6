package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Where a certificate authority is kept.
public enum CaKind {
  @JsonProperty("Secret")
  SECRET,
  @JsonProperty("ConfigMap")
  CONFIG_MAP
}
