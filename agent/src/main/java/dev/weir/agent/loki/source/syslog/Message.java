package dev.weir.agent.loki.source.syslog;

import java.util.ArrayList;
import java.util.List;

/// What a parser has found in one message: slices of its bytes. Reused for the next message.
///
/// Not thread-safe.
final class Message {
  /// What [#timestamp] is when the message has none.
  static final long NO_TIME = Long.MIN_VALUE;

  private static final String[] SEVERITIES = {
    "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"
  };
  private static final String[] FACILITIES = {
    "kern",
    "user",
    "mail",
    "daemon",
    "auth",
    "syslog",
    "lpr",
    "news",
    "uucp",
    "cron",
    "authpriv",
    "ftp",
    "ntp",
    "security",
    "console",
    "solaris-cron",
    "local0",
    "local1",
    "local2",
    "local3",
    "local4",
    "local5",
    "local6",
    "local7"
  };

  /// A part of the message.
  static final class Slice {
    int from;
    int end;

    void set(int newFrom, int newEnd) {
      from = newFrom;
      end = newEnd;
    }

    boolean isEmpty() {
      return end <= from;
    }
  }

  final Slice hostname = new Slice();
  final Slice appName = new Slice();
  final Slice procId = new Slice();
  final Slice msgId = new Slice();
  final Slice text = new Slice();

  /// Structured data: element, name, value, element, name, value...
  final List<String> structuredData = new ArrayList<>();

  /// Facility times eight plus severity; -1 without.
  int priority;

  /// Nanoseconds since 1970 UTC.
  long timestamp;

  /// Whether structured data is wanted.
  boolean keepStructuredData;

  void clear() {
    hostname.set(0, 0);
    appName.set(0, 0);
    procId.set(0, 0);
    msgId.set(0, 0);
    text.set(0, 0);
    structuredData.clear();
    priority = -1;
    timestamp = NO_TIME;
  }

  /// The severity as a word, empty without.
  String severity() {
    return priority < 0 ? "" : SEVERITIES[priority & 7];
  }

  /// The facility as a word, empty without or for one that has none.
  String facility() {
    return priority < 0 || priority >> 3 >= FACILITIES.length ? "" : FACILITIES[priority >> 3];
  }
}
