package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What enrichment becomes.
public enum EnrichAs {
  @JsonProperty("Label")
  LABEL,
  @JsonProperty("Metadata")
  METADATA
}
