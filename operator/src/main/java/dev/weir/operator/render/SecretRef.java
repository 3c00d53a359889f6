package dev.weir.operator.render;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A value that agents read from a file.
///
/// @param kind where it is kept
/// @param path of the field that names it
public record SecretRef(Kind kind, String namespace, String name, String key, String path) {
  /// The kind of object that holds a value.
  public enum Kind {
    SECRET,
    CONFIG_MAP
  }

  private static final int FILE_BYTES = 20;

  /// Name of the file below `/etc/weir/secrets`: 40 hexadecimal digits that are those of this value
  /// alone.
  public String file() {
    var digest = Rendered.sha256();
    for (String part : new String[] {kind.name(), namespace, name, key}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, FILE_BYTES);
  }
}
