package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How lines are joined to entries.
public enum MultilineMode {
  @JsonProperty("None")
  NONE,
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Java")
  JAVA,
  @JsonProperty("Python")
  PYTHON,
  @JsonProperty("Go")
  GO,
  @JsonProperty("Ruby")
  RUBY,
  @JsonProperty("FirstLine")
  FIRST_LINE
}
