package dev.weir.agent.runtime;

import java.util.Set;

/// First names of the standard library.
final class StandardNames {
  static final Set<String> ALL =
      Set.of(
          "array",
          "base64_decode",
          "coalesce",
          "concat",
          "constants",
          "convert",
          "encoding",
          "env",
          "file",
          "format",
          "join",
          "json_decode",
          "json_path",
          "nonsensitive",
          "replace",
          "split",
          "string",
          "sys",
          "to_lower",
          "to_upper",
          "trim",
          "trim_prefix",
          "trim_space",
          "trim_suffix",
          "yaml_decode");

  private StandardNames() {}
}
