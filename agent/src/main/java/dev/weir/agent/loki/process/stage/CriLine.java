package dev.weir.agent.loki.process.stage;

/// The parts of `<time> <stdout|stderr> [<P|F>] <content>`, where they stand.
///
/// Not thread-safe.
final class CriLine {
  private static final byte[] STDOUT = {'s', 't', 'd', 'o', 'u', 't', ' '};
  private static final byte[] STDERR = {'s', 't', 'd', 'e', 'r', 'r', ' '};

  private int timeOffset;
  private int timeLength;
  private String stream = "";
  private boolean partial;
  private int contentOffset;
  private int contentLength;

  /// Takes a line apart; false when it has another form.
  boolean read(byte[] text, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end && text[at] != ' ') {
      at++;
    }
    if (at == offset || end - at <= STDOUT.length) {
      return false;
    }
    timeOffset = offset;
    timeLength = at - offset;
    at++;
    if (starts(text, at, end, STDOUT)) {
      stream = "stdout";
    } else if (starts(text, at, end, STDERR)) {
      stream = "stderr";
    } else {
      return false;
    }
    at += STDOUT.length;
    boolean flagged = isFlag(text, at, end);
    partial = flagged && text[at] == 'P';
    contentOffset = flagged ? Math.min(at + 2, end) : at;
    contentLength = end - contentOffset;
    return true;
  }

  private static boolean isFlag(byte[] text, int at, int end) {
    return at < end
        && (text[at] == 'P' || text[at] == 'F')
        && (at + 1 == end || text[at + 1] == ' ');
  }

  private static boolean starts(byte[] text, int at, int end, byte[] prefix) {
    if (end - at < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (text[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  int timeOffset() {
    return timeOffset;
  }

  int timeLength() {
    return timeLength;
  }

  String stream() {
    return stream;
  }

  /// Whether the runtime cut the line here.
  boolean partial() {
    return partial;
  }

  int contentOffset() {
    return contentOffset;
  }

  int contentLength() {
    return contentLength;
  }
}
