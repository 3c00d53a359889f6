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
    for (int i = 0; i < name.length(); i++) {
      if (!isPlain(name.charAt(i), i)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isPlain(int c, int index) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= '0' && c <= '9' && index > 0);
  }

  /// The name with an underscore for everything else.
  static String plain(String name) {
    if (name.isEmpty()) {
      return "_";
    }
    var plain = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      int c = name.codePointAt(at);
      plain.append(isPlain(c, at) ? (char) c : '_');
      at += Character.charCount(c);
    }
    return plain.toString();
  }
}
