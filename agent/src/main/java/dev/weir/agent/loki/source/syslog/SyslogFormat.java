package dev.weir.agent.loki.source.syslog;

/// Reads one message.
interface SyslogFormat {
  /// Fills `message`, which is clear, from the bytes of one message.
  ///
  /// @return false when they are none
  boolean parse(byte[] buffer, int from, int end, Message message);

  /// Reads the priority at the start: `<34>`.
  ///
  /// @return the index behind it, or -1 when there is none
  static int priority(byte[] buffer, int from, int end, Message message) {
    if (end - from < 3 || buffer[from] != '<') {
      return -1;
    }
    int value = 0;
    int at = from + 1;
    while (at < end && at < from + 4 && buffer[at] >= '0' && buffer[at] <= '9') {
      value = value * 10 + buffer[at] - '0';
      at++;
    }
    if (at == from + 1 || at >= end || buffer[at] != '>') {
      return -1;
    }
    message.priority = value;
    return at + 1;
  }
}
