package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The oldest version of TLS that is spoken.
public enum TlsVersion {
  @JsonProperty("1.2")
  TLS12,
  @JsonProperty("1.3")
  TLS13
}
