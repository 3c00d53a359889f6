package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.timelayout.Rfc3339;
import java.nio.charset.StandardCharsets;

/// The format of RFC 5424: `<34>1 2025-01-03T14:07:15Z host app 12 ID [id k="v"] text`.
final class Rfc5424 implements SyslogFormat {
  private static final int MOST_PRIORITY = 191;
  private static final int HOSTNAME_LENGTH = 255;
  private static final int APP_NAME_LENGTH = 48;
  private static final int PROC_ID_LENGTH = 128;
  private static final int MSG_ID_LENGTH = 32;
  private static final int SD_NAME_LENGTH = 32;

  @Override
  public boolean parse(byte[] buffer, int from, int end, Message message) {
    int at = SyslogFormat.priority(buffer, from, end, message);
    if (at < 0 || message.priority > MOST_PRIORITY) {
      return false;
    }
    at = version(buffer, at, end);
    at = timestamp(buffer, at, end, message);
    at = field(buffer, at, end, HOSTNAME_LENGTH, message.hostname);
    at = field(buffer, at, end, APP_NAME_LENGTH, message.appName);
    at = field(buffer, at, end, PROC_ID_LENGTH, message.procId);
    at = field(buffer, at, end, MSG_ID_LENGTH, message.msgId);
    at = structuredData(buffer, at, end, message);
    return at >= 0 && text(buffer, at, end, message);
  }

  /// Behind the version and the blank after it, or -1.
  private static int version(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && at < from + 3 && buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
    return at > from && buffer[from] != '0' ? blank(buffer, at, end) : -1;
  }

  private static int blank(byte[] buffer, int at, int end) {
    return at < end && buffer[at] == ' ' ? at + 1 : -1;
  }

  private static int timestamp(byte[] buffer, int from, int end, Message message) {
    if (from < 0) {
      return -1;
    }
    int at = from;
    while (at < end && buffer[at] != ' ') {
      at++;
    }
    if (!isNil(buffer, from, at)) {
      message.timestamp = Rfc3339.parse(buffer, from, at - from);
      if (message.timestamp == Rfc3339.NONE) {
        return -1;
      }
    }
    return blank(buffer, at, end);
  }

  private static boolean isNil(byte[] buffer, int from, int end) {
    return end - from == 1 && buffer[from] == '-';
  }

  /// Behind a field and the blank after it, or -1.
  private static int field(byte[] buffer, int from, int end, int longest, Message.Slice slice) {
    if (from < 0) {
      return -1;
    }
    int at = from;
    while (at < end && buffer[at] > ' ' && buffer[at] < 0x7f) {
      at++;
    }
    if (at == from || at - from > longest) {
      return -1;
    }
    if (!isNil(buffer, from, at)) {
      slice.set(from, at);
    }
    return blank(buffer, at, end);
  }

  /// Behind the structured data, or -1.
  private static int structuredData(byte[] buffer, int from, int end, Message message) {
    if (from < 0 || from >= end) {
      return -1;
    }
    if (buffer[from] == '-') {
      return from + 1;
    }
    int at = from;
    while (at >= 0 && at < end && buffer[at] == '[') {
      at = element(buffer, at + 1, end, message);
    }
    return at > from ? at : -1;
  }

  private static int element(byte[] buffer, int from, int end, Message message) {
    int at = name(buffer, from, end);
    if (at < 0) {
      return -1;
    }
    String id = message.keepStructuredData ? ascii(buffer, from, at) : "";
    while (at < end && buffer[at] == ' ') {
      int nameEnd = name(buffer, at + 1, end);
      if (nameEnd < 0
          || nameEnd + 1 >= end
          || buffer[nameEnd] != '='
          || buffer[nameEnd + 1] != '"') {
        return -1;
      }
      int close = closingQuote(buffer, nameEnd + 2, end);
      if (close < 0) {
        return -1;
      }
      if (message.keepStructuredData) {
        message.structuredData.add(id);
        message.structuredData.add(ascii(buffer, at + 1, nameEnd));
        message.structuredData.add(value(buffer, nameEnd + 2, close));
      }
      at = close + 1;
    }
    return at < end && buffer[at] == ']' ? at + 1 : -1;
  }

  /// The end of a name of structured data, or -1.
  private static int name(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && buffer[at] > ' ' && buffer[at] < 0x7f && "=]\"".indexOf(buffer[at]) < 0) {
      at++;
    }
    return at == from || at - from > SD_NAME_LENGTH ? -1 : at;
  }

  private static int closingQuote(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && buffer[at] != '"') {
      at += buffer[at] == '\\' ? 2 : 1;
    }
    return at < end ? at : -1;
  }

  private static String value(byte[] buffer, int from, int end) {
    String text = new String(buffer, from, end - from, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A backslash before anything else stands for itself.
      boolean escapes =
          c == '\\' && i + 1 < text.length() && "\"\\]".indexOf(text.charAt(i + 1)) >= 0;
      plain.append(escapes ? text.charAt(++i) : c);
    }
    return plain.toString();
  }

  private static String ascii(byte[] buffer, int from, int end) {
    return new String(buffer, from, end - from, StandardCharsets.US_ASCII);
  }

  private static boolean text(byte[] buffer, int from, int end, Message message) {
    if (from == end) {
      return true;
    }
    if (buffer[from] != ' ') {
      return false;
    }
    int at = from + 1;
    boolean marked =
        end - at >= 3
            && buffer[at] == (byte) 0xef
            && buffer[at + 1] == (byte) 0xbb
            && buffer[at + 2] == (byte) 0xbf;
    message.text.set(marked ? at + 3 : at, end);
    return true;
  }
}
