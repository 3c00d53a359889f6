package dev.weir.agent.loki.process.stage;

/// What may be the name of a label: as in Prometheus since names are UTF-8, all but nothing.
final class LabelNames {
  private LabelNames() {}

  /// @throws IllegalArgumentException when it may not
  static void require(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("invalid label name: " + name);
    }
  }

  /// Whether it may be a name also where only ASCII letters, digits and underscores are allowed.
  static boolean isPlain(String name) {
    return !name.isEmpty() && name.equals(plain(name));
  }

  /// The name with an underscore for everything else.
  static String plain(String name) {
    if (name.isEmpty()) {
      return "_";
    }
    var plain = new StringBuilder(name.length());
    name.codePoints()
        .forEach(c -> {
          boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
          boolean digit = c >= '0' && c <= '9' && !plain.isEmpty();
          plain.append(letter || digit ? (char) c : '_');
        });
    return plain.toString();
  }
}
