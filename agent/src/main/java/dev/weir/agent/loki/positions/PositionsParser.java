package dev.weir.agent.loki.positions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what [PositionsWriter] writes, and nothing else: any other byte is damage.
final class PositionsParser {
  /// The text is no positions file, or not a whole one.
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  private final String text;
  private int at;

  private PositionsParser(String text) {
    this.text = text;
  }

  /// The positions of a whole file.
  ///
  /// @throws IOException when it is whole but of another version, and so must be left as it is
  static SortedMap<String, Position> parse(byte[] bytes) throws DamagedException, IOException {
    int body = body(bytes);
    var parser = new PositionsParser(new String(bytes, 0, body, StandardCharsets.UTF_8));
    return parser.positions();
  }

  /// The length without the line of the checksum, once that is found right.
  private static int body(byte[] bytes) throws DamagedException {
    int lineStart = bytes.length - 1;
    while (lineStart > 0 && bytes[lineStart - 1] != '\n') {
      lineStart--;
    }
    lineStart = Math.max(lineStart, 0);
    byte[] line = Arrays.copyOfRange(bytes, lineStart, bytes.length);
    String last = new String(line, StandardCharsets.ISO_8859_1);
    String right = PositionsWriter.CHECKSUM + PositionsWriter.checksum(bytes, lineStart) + "\n";
    if (!last.equals(right) && !last.equals(PositionsWriter.CHECKSUM + "none\n")) {
      throw new DamagedException("checksum is missing or wrong");
    }
    return lineStart;
  }

  private SortedMap<String, Position> positions() throws DamagedException, IOException {
    while (take("#")) {
      line();
    }
    expect("version: ");
    String version = line();
    if (!version.equals("1")) {
      throw new IOException("positions file has version " + version + ", this agent knows 1");
    }
    expect("positions:\n");
    var positions = new TreeMap<String, Position>();
    while (at < text.length()) {
      expect("  ");
      String key = quoted();
      expect(":\n    kind: ");
      positions.put(key, position());
    }
    return positions;
  }

  private Position position() throws DamagedException {
    if (take("cursor\n    cursor: ")) {
      var place = new CursorPosition(quoted());
      expect("\n");
      return place;
    }
    return take("file\n") ? file() : stream();
  }

  private FilePosition file() throws DamagedException {
    expect("    generations:\n");
    List<FileMark> marks = new ArrayList<>();
    while (take("      - {device: ")) {
      marks.add(mark());
    }
    return new FilePosition(marks);
  }

  private FileMark mark() throws DamagedException {
    long device = number();
    long inode = field(", inode: ");
    long offset = field(", offset: ");
    long stdout = field(", stdout: ");
    long stderr = field(", stderr: ");
    long modified = field(", modified: ");
    expect(", complete: ");
    boolean complete = take("true");
    if (!complete) {
      expect("false");
    }
    expect(", head: ");
    FileMark.Slice head = slice();
    expect(", check: ");
    FileMark.Slice check = slice();
    expect("}\n");
    return new FileMark(device, inode, head, check, offset, stdout, stderr, modified, complete);
  }

  private StreamPosition stream() throws DamagedException {
    expect("stream\n    timestamp: ");
    long timestamp = number();
    expect("\n    lines: [");
    List<Long> lines = new ArrayList<>();
    while (!take("]\n")) {
      if (!lines.isEmpty()) {
        expect(", ");
      }
      expect("\"");
      lines.add(hash());
      expect("\"");
    }
    return new StreamPosition(timestamp, lines);
  }

  private FileMark.Slice slice() throws DamagedException {
    expect("\"");
    long end = number();
    long length = field(":");
    expect(":");
    long hash = hash();
    expect("\"");
    if (length < 0 || length > end || length > Short.MAX_VALUE) {
      throw damaged("a possible length");
    }
    return new FileMark.Slice(end, (int) length, hash);
  }

  private long field(String name) throws DamagedException {
    expect(name);
    return number();
  }

  private long number() throws DamagedException {
    int start = at;
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    try {
      return Long.parseLong(text, start, at, 10);
    } catch (NumberFormatException e) {
      throw damaged("a number");
    }
  }

  private long hash() throws DamagedException {
    int end = Math.min(at + 16, text.length());
    try {
      long hash = Long.parseUnsignedLong(text, at, end, 16);
      at = end;
      return hash;
    } catch (NumberFormatException e) {
      throw damaged("a hash");
    }
  }

  private String quoted() throws DamagedException {
    expect("\"");
    var value = new StringBuilder();
    while (!take("\"")) {
      boolean escaped = take("\\");
      if (escaped && take("u")) {
        value.append(unit());
      } else if (at < text.length() && (escaped || text.charAt(at) >= ' ')) {
        value.append(text.charAt(at++));
      } else {
        throw damaged("a character of a key");
      }
    }
    return value.toString();
  }

  private char unit() throws DamagedException {
    int end = Math.min(at + 4, text.length());
    try {
      char unit = (char) Integer.parseInt(text, at, end, 16);
      at = end;
      return unit;
    } catch (NumberFormatException e) {
      throw damaged("four hexadecimal digits");
    }
  }

  private String line() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    return line;
  }

  private boolean take(String expected) {
    boolean there = text.startsWith(expected, at);
    if (there) {
      at += expected.length();
    }
    return there;
  }

  private void expect(String expected) throws DamagedException {
    if (!take(expected)) {
      throw damaged("\"" + expected.strip() + "\"");
    }
  }

  private DamagedException damaged(String expected) {
    long line = text.substring(0, Math.min(at, text.length())).lines().count();
    return new DamagedException("line " + Math.max(line, 1) + ": expected " + expected);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
