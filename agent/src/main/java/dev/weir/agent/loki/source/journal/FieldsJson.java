package dev.weir.agent.loki.source.journal;

import java.util.Map;
import java.util.SortedMap;

/// Writes fields as a JSON object, as Go's encoder does.
final class FieldsJson {
  private FieldsJson() {}

  static String of(SortedMap<String, String> fields) {
    var out = new StringBuilder("{");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (out.length() > 1) {
        out.append(',');
      }
      quote(out, field.getKey());
      out.append(':');
      quote(out, field.getValue());
    }
    return out.append('}').toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          boolean plain =
              c >= ' ' && c != '<' && c != '>' && c != '&' && c != '\u2028' && c != '\u2029';
          if (plain) {
            out.append(c);
          } else {
            out.append("\\u").append(String.format("%04x", (int) c));
          }
        }
      }
    }
    out.append('"');
  }
}
