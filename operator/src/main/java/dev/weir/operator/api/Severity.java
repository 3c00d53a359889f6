package dev.weir.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// How grave an entry is, rising.
public enum Severity {
  @JsonProperty("trace")
  TRACE,
  @JsonProperty("debug")
  DEBUG,
  @JsonProperty("info")
  INFO,
  @JsonProperty("warn")
  WARN,
  @JsonProperty("error")
  ERROR,
  @JsonProperty("fatal")
  FATAL;

  /// As entries have it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
