package dev.weir.agent.loki.jsonfile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Parses records of Docker's `json-file` driver, one at a time, into its fields.
///
/// The shape that Docker writes, `{"log":"...","stream":"stdout","time":"..."}`, takes a short way;
/// other orders, further members such as `attrs`, and blanks a longer one. A reader of files has
/// the text decoded in place by [#parse], so that a record can be parsed once only; who may not
/// write to the record has it copied by [#copy], which knows the short way alone.
///
/// Not thread-safe.
public final class JsonFileRecord {
  /// Bytes that must be readable behind the data.
  public static final int SLACK = 64;

  /// The shortest that comes behind the text: `","stream":"stdout","time":"2006-01-02T15:04:05Z"}`.
  private static final int SHORTEST_REST = 50;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOG_KEY = word("{\"log\":\"");
  private static final byte[] STDOUT = bytes(",\"stream\":\"stdout\",\"time\":\"");
  private static final byte[] STDERR = bytes(",\"stream\":\"stderr\",\"time\":\"");

  /// Where these two differ first.
  private static final int TELLING = 14;

  private static final int DEPTH_LIMIT = 64;

  private final JsonText text = new JsonText();
  private final RecordTime time = new RecordTime();
  private int at;
  private int textStart;
  private int textEnd;
  private boolean stderr;
  private boolean timed;
  private int timeStart;
  private int timeEnd;

  /// Where the text starts in the buffer, decoded.
  public int textStart() {
    return textStart;
  }

  /// Where it ends; its newline, if it has one, is part of it.
  public int textEnd() {
    return textEnd;
  }

  public boolean stderr() {
    return stderr;
  }

  /// Whether the record had a time.
  public boolean timed() {
    return timed;
  }

  /// Nanoseconds since 1970, if [#timed].
  public long timestamp() {
    return time.nanoseconds();
  }

  /// Where the time starts in the buffer, as it is written; after [#copy].
  public int timeStart() {
    return timeStart;
  }

  /// Where it ends.
  public int timeEnd() {
    return timeEnd;
  }

  /// Copies the text of a record that has exactly the shape that Docker writes, decoded. What is
  /// not quite JSON, or has a time that is not quite one, does not count as such.
  ///
  /// @param length of the record, without its newline; behind it as many bytes as [#SLACK] says
  ///   must be readable
  /// @param to has room for `length` bytes from `target` on, of which any may be overwritten
  /// @return false, with nothing learnt, when the record has another shape
  public boolean copy(byte[] bytes, int from, int length, byte[] to, int target) {
    int end = from + length;
    if (length < Long.BYTES + SHORTEST_REST || (long) LONGS.get(bytes, from) != LOG_KEY) {
      return false;
    }
    int quote = text.copy(bytes, from + Long.BYTES, end - SHORTEST_REST + 1, to, target);
    if (quote < 0 || rest(bytes, quote) != end || !time.isStrict()) {
      return false;
    }
    textStart = target;
    textEnd = text.textEnd();
    return true;
  }

  /// Parses the record that starts at `from` and must be whole.
  ///
  /// @param bytes whose data ends with a newline, and has [#SLACK] readable bytes behind it
  /// @return the place behind its newline; or, when it is broken, -1 minus the place up to which
  ///   its bytes may have been overwritten
  public int parse(byte[] bytes, int from) {
    timed = false;
    stderr = false;
    textStart = from;
    textEnd = from;
    at = from;
    if ((long) LONGS.get(bytes, from) != LOG_KEY) {
      return object(bytes);
    }
    textStart = from + Long.BYTES;
    int end = text.decode(bytes, textStart);
    textEnd = text.textEnd();
    if (end < 0) {
      return end;
    }
    int fast = rest(bytes, end);
    if (fast >= 0 && bytes[fast] == '\n') {
      return fast + 1;
    }
    timed = false;
    at = end;
    return members(bytes, false) && lineEnd(bytes) ? at : -1 - at;
  }

  /// Where the fixed shape behind the text ends, or -1.
  private int rest(byte[] bytes, int start) {
    boolean isStderr = bytes[start + TELLING] == STDERR[TELLING];
    byte[] expected = isStderr ? STDERR : STDOUT;
    timeStart = start + expected.length;
    if (!Arrays.equals(bytes, start, timeStart, expected, 0, expected.length)) {
      return -1;
    }
    int p = time.parse(bytes, timeStart);
    if (p < 0 || bytes[p] != '"' || bytes[p + 1] != '}') {
      return -1;
    }
    timeEnd = p;
    stderr = isStderr;
    timed = true;
    return p + 2;
  }

  private int object(byte[] bytes) {
    blanks(bytes);
    if (bytes[at] != '{') {
      return -1 - at;
    }
    at++;
    return members(bytes, true) && lineEnd(bytes) ? at : -1 - at;
  }

  /// The members up to and with the closing brace; `first` when none came before.
  private boolean members(byte[] bytes, boolean first) {
    blanks(bytes);
    if (bytes[at] == '}') {
      at++;
      return true;
    }
    boolean comma = first;
    while (true) {
      blanks(bytes);
      if (!comma && !take(bytes, ',')) {
        break;
      }
      comma = false;
      if (!member(bytes)) {
        return false;
      }
    }
    return take(bytes, '}');
  }

  private boolean member(byte[] bytes) {
    blanks(bytes);
    if (!take(bytes, '"')) {
      return false;
    }
    int key = at;
    if (!skipString(bytes)) {
      return false;
    }
    int keyLength = at - 1 - key;
    blanks(bytes);
    if (!take(bytes, ':')) {
      return false;
    }
    blanks(bytes);
    if (bytes[at] != '"') {
      return skipValue(bytes, 0);
    }
    at++;
    return value(bytes, key, keyLength);
  }

  /// The string value of a member, whose first character comes next.
  private boolean value(byte[] bytes, int key, int keyLength) {
    if (is(bytes, key, keyLength, "log")) {
      textStart = at;
      int end = text.decode(bytes, at);
      at = end < 0 ? -1 - end : end;
      textEnd = text.textEnd();
      return end >= 0;
    }
    int start = at;
    if (!skipString(bytes)) {
      return false;
    }
    if (is(bytes, key, keyLength, "stream")) {
      stderr = is(bytes, start, at - 1 - start, "stderr");
    } else if (is(bytes, key, keyLength, "time")) {
      timed = at - 1 - start >= 20 && time.parse(bytes, start) == at - 1;
    }
    return true;
  }

  private boolean skipString(byte[] bytes) {
    while (true) {
      at = JsonText.special(bytes, at);
      if (bytes[at] == '"') {
        at++;
        return true;
      }
      if (bytes[at] != '\\' || (bytes[at + 1] >= 0 && bytes[at + 1] < ' ')) {
        return false;
      }
      at += 2;
    }
  }

  private boolean skipValue(byte[] bytes, int depth) {
    int nested = depth;
    do {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        if (!skipString(bytes)) {
          return false;
        }
        continue;
      }
      if (b == '{' || b == '[') {
        nested++;
      } else if (b == '}' || b == ']') {
        nested--;
      } else if (b == '\n' || b == 0) {
        return false;
      }
      at++;
    } while ((nested > 0 && nested <= DEPTH_LIMIT) || (nested == 0 && !ends(bytes[at])));
    return nested == 0;
  }

  private static boolean ends(byte b) {
    return b == ',' || b == '}' || b == '\n';
  }

  private boolean lineEnd(byte[] bytes) {
    blanks(bytes);
    return take(bytes, '\n');
  }

  private void blanks(byte[] bytes) {
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
      at++;
    }
  }

  private boolean take(byte[] bytes, char expected) {
    if (bytes[at] != expected) {
      return false;
    }
    at++;
    return true;
  }

  private static boolean is(byte[] bytes, int from, int length, String name) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long word(String eight) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | eight.charAt(i);
    }
    return value;
  }
}
