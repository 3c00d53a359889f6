package dev.weir.agent.logging;

/// `ts=... level=info msg="..." key=value`, ended by a line feed.
final class LogfmtLine {
  private LogfmtLine() {}

  static String render(Line line) {
    StringBuilder out = new StringBuilder(160);
    out.append("ts=").append(line.time());
    out.append(" level=").append(LogLevel.text(line.level()));
    appendField(out, "msg", line.message());
    for (Field field : line.fields()) {
      appendField(out, field.key(), field.value());
    }
    return out.append('\n').toString();
  }

  private static void appendField(StringBuilder out, String key, String value) {
    out.append(' ');
    appendKey(out, key);
    out.append('=');
    if (plain(value)) {
      out.append(value);
    } else {
      Quoted.append(out, value);
    }
  }

  private static void appendKey(StringBuilder out, String key) {
    for (int i = 0; i < key.length(); i++) {
      out.append(plain(key, i) ? key.charAt(i) : '_');
    }
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!plain(text, i)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean plain(String text, int at) {
    char c = text.charAt(at);
    return c > ' ' && c != '=' && c != '"' && c != '\\' && !Quoted.unsafe(text, at);
  }
}
