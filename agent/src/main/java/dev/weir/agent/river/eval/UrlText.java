package dev.weir.agent.river.eval;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Text as it stands in the query of a URL, in Go's choice of what to escape.
final class UrlText {
  private UrlText() {}

  static String encode(String text) {
    Limits.text(text.length() * 9L);
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /// @throws IllegalArgumentException when a percent sign starts no escape
  static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '+') {
        out.write(' ');
      } else if (bytes[i] != '%') {
        out.write(bytes[i]);
      } else {
        out.write(escaped(bytes, i));
        i += 2;
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int escaped(byte[] bytes, int at) {
    int high = at + 1 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
    int low = at + 2 < bytes.length ? Character.digit(bytes[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      int length = Math.min(3, bytes.length - at);
      String escape = new String(bytes, at, length, StandardCharsets.UTF_8);
      throw new IllegalArgumentException("invalid URL escape " + Refusals.quote(escape));
    }
    return high << 4 | low;
  }
}
