package dev.weir.agent.logging;

/// One JSON object of strings, ended by a line feed.
final class JsonLine {
  private JsonLine() {}

  static String render(Line line) {
    StringBuilder out = new StringBuilder(200);
    out.append("{\"ts\":\"").append(line.time());
    out.append("\",\"level\":\"").append(LogLevel.text(line.level()));
    out.append("\",\"msg\":");
    Quoted.append(out, line.message());
    for (Field field : line.fields()) {
      out.append(',');
      Quoted.append(out, field.key());
      out.append(':');
      Quoted.append(out, field.value());
    }
    return out.append("}\n").toString();
  }
}
