package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The oldest version of TLS that is spoken.
public enum TlsVersion {
  @JsonProperty("TLS12")
  TLS12,
  @JsonProperty("TLS13")
  TLS13
}
