package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Where the tenant of Loki comes from.
public enum TenantMode {
  @JsonProperty("None")
  NONE,
  @JsonProperty("Static")
  STATIC,
  @JsonProperty("Namespace")
  NAMESPACE,
  @JsonProperty("NamespaceLabel")
  NAMESPACE_LABEL,
  @JsonProperty("NamespaceAnnotation")
  NAMESPACE_ANNOTATION
}
