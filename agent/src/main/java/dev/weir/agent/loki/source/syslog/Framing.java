package dev.weir.agent.loki.source.syslog;

/// Finds the messages in a stream of bytes: each says its length first (`57 <34>1 ...`), or ends
/// with its line. The first byte of a connection tells which; with the raw format that of each
/// message does.
///
/// Not thread-safe.
final class Framing {
  private static final int LONGEST_NUMBER = 9;

  /// Takes messages.
  interface Sink {
    /// A message, from the first of its bytes to behind the last.
    void message(byte[] buffer, int from, int end) throws InterruptedException;

    /// A message that is too long, or bytes that are none.
    void malformed();
  }

  private enum Kind {
    UNKNOWN,
    COUNTED,
    LINES
  }

  private Kind kind = Kind.UNKNOWN;
  private int skipping;
  private boolean discarding;
  private boolean broken;

  /// Whether nothing can be made of what comes any more.
  boolean isBroken() {
    return broken;
  }

  /// Finds messages in a part of the buffer.
  ///
  /// @param last whether no more bytes will come
  /// @return up to where the bytes are done with; the caller shows the rest again with more behind
  int read(byte[] buffer, int from, int end, boolean last, SyslogSettings settings, Sink sink)
      throws InterruptedException {
    int at = from;
    while (at < end && !broken) {
      int next = next(buffer, at, end, last, settings, sink);
      if (next < 0) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /// Behind the next message, or -1 when it is not all there.
  private int next(
      byte[] buffer, int from, int end, boolean last, SyslogSettings settings, Sink sink)
      throws InterruptedException {
    if (skipping > 0) {
      int skipped = Math.min(skipping, end - from);
      skipping -= skipped;
      return from + skipped;
    }
    if (!discarding && isBetween(buffer[from])) {
      return from + 1;
    }
    if (kind == Kind.UNKNOWN || (settings.isRaw() && !discarding)) {
      kind = kind(buffer[from], settings);
    }
    return switch (kind) {
      case COUNTED -> counted(buffer, from, end, settings, sink);
      case LINES -> line(buffer, from, end, last, settings, sink);
      case UNKNOWN -> {
        sink.malformed();
        broken = true;
        yield end;
      }
    };
  }

  private static boolean isBetween(byte c) {
    return c == '\n' || c == '\r' || c == 0 || c == ' ';
  }

  private static Kind kind(byte first, SyslogSettings settings) {
    if (first >= '0' && first <= '9') {
      return Kind.COUNTED;
    }
    return first == '<' || settings.isRaw() ? Kind.LINES : Kind.UNKNOWN;
  }

  private int counted(byte[] buffer, int from, int end, SyslogSettings settings, Sink sink)
      throws InterruptedException {
    int at = from;
    int length = 0;
    while (at < end && at - from < LONGEST_NUMBER && buffer[at] >= '0' && buffer[at] <= '9') {
      length = 10 * length + buffer[at] - '0';
      at++;
    }
    if (at == end) {
      return -1;
    }
    if (at == from || buffer[at] != ' ') {
      sink.malformed();
      broken = true;
      return end;
    }
    at++;
    if (length > settings.arguments().maxMessageLength()) {
      sink.malformed();
      skipping = length;
      return at;
    }
    if (end - at < length) {
      return -1;
    }
    if (length > 0) {
      sink.message(buffer, at, at + length);
    }
    return at + length;
  }

  private int line(
      byte[] buffer, int from, int end, boolean last, SyslogSettings settings, Sink sink)
      throws InterruptedException {
    byte delimiter = settings.delimiter();
    int at = from;
    while (at < end && buffer[at] != delimiter) {
      at++;
    }
    boolean complete = at < end || last;
    boolean tooLong = at - from > settings.arguments().maxMessageLength();
    if (!complete && !tooLong && !discarding) {
      return -1;
    }
    if (tooLong && !discarding) {
      sink.malformed();
    } else if (!discarding) {
      sink.message(buffer, from, trimmed(buffer, from, at));
    }
    discarding = !complete;
    return at < end ? at + 1 : at;
  }

  private static int trimmed(byte[] buffer, int from, int end) {
    int last = end;
    while (last > from && (buffer[last - 1] == '\r' || buffer[last - 1] == 0)) {
      last--;
    }
    return last;
  }
}
