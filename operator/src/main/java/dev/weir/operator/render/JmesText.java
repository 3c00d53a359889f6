package dev.weir.operator.render;

/// Writes JMESPath.
final class JmesText {
  private JmesText() {}

  /// The field of that name of the object itself.
  static String field(String name) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u").append(Names.hex(c, 4));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
