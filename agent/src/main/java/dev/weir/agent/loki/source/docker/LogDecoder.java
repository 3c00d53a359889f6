package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.stream.LogTime;
import java.io.IOException;

/// Takes the bytes of a log stream as the Engine sends them apart into lines.
///
/// Without a terminal it is a sequence of records, each with a header of eight bytes: its stream,
/// and its length. With one it is text, one stream, in which a timestamp stands before each line
/// and, inside a long line, before each of its parts.
///
/// Not thread-safe.
final class LogDecoder {
  private static final int HEADER = 8;
  private static final int LONGEST_RECORD = 8 << 20;
  private static final int STDERR = 2;

  /// Where lines go.
  interface Output {
    /// Takes a line without its line end; the bytes are lent until the next call of [#decode].
    void line(boolean stderr, long timestamp, byte[] bytes, int from, int length);

    /// Learns of a piece that has no timestamp and is left out.
    void unparsable();
  }

  private final Output output;
  private final LogTime time = new LogTime();
  private final LineJoiner stdout;
  private final LineJoiner stderr;

  private boolean begun;
  private boolean tty;

  LogDecoder(Output output) {
    this.output = output;
    this.stdout = new LineJoiner((at, b, from, length) -> output.line(false, at, b, from, length));
    this.stderr = new LineJoiner((at, b, from, length) -> output.line(true, at, b, from, length));
  }

  /// Decodes as much as is whole.
  ///
  /// @return where what is not whole begins
  /// @throws IOException when this is no log stream
  int decode(byte[] bytes, int from, int to) throws IOException {
    if (!begun && from < to) {
      begun = true;
      // Records begin with the number of a stream; text begins with the digits of a year.
      tty = bytes[from] >= '0' && bytes[from] <= '9';
    }
    return tty ? text(bytes, from, to) : records(bytes, from, to);
  }

  /// Ends the stream: gives what it left unfinished.
  ///
  /// @param bytes what [#decode] left over
  void end(byte[] bytes, int from, int to) {
    if (tty && from < to) {
      ttyLine(bytes, from, to);
    }
    stdout.flush();
    stderr.flush();
  }

  private int records(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (to - at >= HEADER) {
      int stream = bytes[at];
      int length =
          ((bytes[at + 4] & 0xff) << 24)
              | ((bytes[at + 5] & 0xff) << 16)
              | ((bytes[at + 6] & 0xff) << 8)
              | (bytes[at + 7] & 0xff);
      if (stream < 0 || stream > 3 || length < 0 || length > LONGEST_RECORD) {
        throw new IOException("log stream of the Engine is out of step");
      }
      if (to - at - HEADER < length) {
        break;
      }
      record(stream, bytes, at + HEADER, at + HEADER + length);
      at += HEADER + length;
    }
    return at;
  }

  private void record(int stream, byte[] bytes, int from, int to) throws IOException {
    if (stream == 3) {
      throw new IOException("the Engine ended the log stream because of an error of its own");
    }
    if (from == to) {
      return;
    }
    long timestamp = time.parse(bytes, from, to);
    if (timestamp == LogTime.NONE) {
      output.unparsable();
      return;
    }
    int text = time.end() + 1;
    (stream == STDERR ? stderr : stdout).record(timestamp, bytes, text, to - text);
  }

  private int text(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        ttyLine(bytes, start, i + 1);
        start = i + 1;
      }
    }
    return start;
  }

  private void ttyLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      long timestamp = time.parse(bytes, at, to);
      if (timestamp == LogTime.NONE) {
        output.unparsable();
        return;
      }
      int text = time.end() + 1;
      int end = to;
      if (to - text > LineJoiner.PART && LogTime.isUsual(bytes, text + LineJoiner.PART, to)) {
        end = text + LineJoiner.PART;
      }
      stdout.record(timestamp, bytes, text, end - text);
      at = end;
    }
  }
}
