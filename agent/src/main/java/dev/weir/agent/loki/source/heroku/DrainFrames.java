package dev.weir.agent.loki.source.heroku;

import dev.weir.agent.timelayout.Rfc3339;
import java.nio.charset.StandardCharsets;

/// Reads the body of a drain's request: syslog messages after their lengths, without structured
/// data. Heroku's text goes from behind the message id to the end of its frame.
final class DrainFrames {
  private static final int LONGEST_FRAME = 10_240;
  private static final int LONGEST_NUMBER = 6;

  /// Takes messages.
  interface Sink {
    /// A message; its text is a slice of the body.
    void message(Fields fields, byte[] buffer, int from, int end) throws InterruptedException;
  }

  /// The head of a message.
  ///
  /// @param timestamp nanoseconds since 1970 UTC
  record Fields(long timestamp, String host, String app, String process, String logId) {}

  /// A body that is none.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private final byte[] body;
  private int at;

  private DrainFrames(byte[] body) {
    this.body = body;
  }

  /// Reads all of a body.
  ///
  /// @throws MalformedException when it is none; some messages may have gone to the sink
  static void read(byte[] body, Sink sink) throws MalformedException, InterruptedException {
    var frames = new DrainFrames(body);
    while (frames.at < body.length) {
      frames.frame(sink);
    }
  }

  private void frame(Sink sink) throws MalformedException, InterruptedException {
    int length = 0;
    int start = at;
    while (at < body.length && at - start <= LONGEST_NUMBER && body[at] != ' ') {
      int digit = body[at++] - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedException("couldnt parse frame length: bad frame");
      }
      length = 10 * length + digit;
    }
    if (at == start || at >= body.length || body[at] != ' ') {
      throw new MalformedException("missing frame length: bad frame");
    }
    at++;
    if (length > LONGEST_FRAME || length > body.length - at) {
      throw new MalformedException("message boundary not respected: bad frame");
    }
    int end = at + length;
    message(end, sink);
    at = end;
  }

  private void message(int end, Sink sink) throws MalformedException, InterruptedException {
    String head = field(end);
    if (!head.matches("<\\d{1,3}>\\d")) {
      throw new MalformedException("invalid pri-val");
    }
    String time = field(end);
    byte[] bytes = time.getBytes(StandardCharsets.UTF_8);
    long timestamp = Rfc3339.parse(bytes, 0, bytes.length);
    if (timestamp == Rfc3339.NONE) {
      throw new MalformedException("invalid timestamp");
    }
    var fields = new Fields(timestamp, field(end), field(end), field(end), field(end));
    sink.message(fields, body, at, end);
  }

  private String field(int end) throws MalformedException {
    int start = at;
    while (at < end && body[at] != ' ') {
      at++;
    }
    if (at == end) {
      throw new MalformedException("EOF");
    }
    return new String(body, start, at++ - start, StandardCharsets.UTF_8);
  }
}
