package dev.weir.agent.loki.source.docker;

import dev.weir.agent.river.eval.FromText;
import java.util.Arrays;

/// Where logs are read from: the `read_from` argument.
public enum ReadFrom {
  /// From files where they can be read, else from the API.
  AUTO("auto"),
  /// From files only.
  FILES("files"),
  /// From the API only.
  API("api");

  private final String text;

  ReadFrom(String text) {
    this.text = text;
  }

  /// Reads the argument.
  ///
  /// @throws IllegalArgumentException when it is none of the three
  @FromText
  public static ReadFrom parse(String text) {
    return Arrays.stream(values())
        .filter(value -> value.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "read_from must be one of \"auto\", \"files\" or \"api\", got \"" + text + "\""));
  }

  @Override
  public String toString() {
    return text;
  }
}
