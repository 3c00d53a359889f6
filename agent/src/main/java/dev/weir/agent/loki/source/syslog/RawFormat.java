package dev.weir.agent.loki.source.syslog;

/// Whatever it is: a priority if there is one, the rest is text.
final class RawFormat implements SyslogFormat {
  private static final int MOST_PRIORITY = 255;

  @Override
  public boolean parse(byte[] buffer, int from, int end, Message message) {
    int at = SyslogFormat.priority(buffer, from, end, message);
    if (at < 0 || message.priority > MOST_PRIORITY) {
      message.priority = -1;
      at = from;
    }
    int last = end;
    while (at < last && buffer[at] <= ' ' && buffer[at] >= 0) {
      at++;
    }
    while (last > at && buffer[last - 1] <= ' ' && buffer[last - 1] >= 0) {
      last--;
    }
    message.text.set(at, last);
    return true;
  }
}
