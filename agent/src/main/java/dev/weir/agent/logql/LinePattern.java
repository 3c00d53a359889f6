package dev.weir.agent.logql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pattern of LogQL: text with captures, `<ip> - - <_> "<method> <_>"`.
///
/// A capture takes what stands before the text that follows it, the last one all that is left;
/// `<_>` takes it without a name. Equality is by identity. Thread-safe.
public final class LinePattern {
  private static final Pattern CAPTURE = Pattern.compile("<([A-Za-z_][A-Za-z0-9_]*)>");

  private final List<String> names;
  private final byte[] prefix;

  /// Whether each capture has a name, and the text that follows it.
  private final boolean[] named;

  private final byte[][] following;

  private LinePattern(String prefix, List<String> captures, List<String> texts) {
    this.prefix = bytes(prefix);
    names = captures.stream().filter(LinePattern::isNamed).toList();
    named = new boolean[captures.size()];
    following = new byte[captures.size()][];
    for (int i = 0; i < named.length; i++) {
      named[i] = isNamed(captures.get(i));
      following[i] = bytes(texts.get(i));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isNamed(String capture) {
    return !capture.equals("_");
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException when it has no named capture, one name twice, or two captures
  ///   without text between them
  public static LinePattern parse(String pattern) {
    List<String> captures = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    Matcher matcher = CAPTURE.matcher(pattern);
    int end = 0;
    while (matcher.find()) {
      texts.add(pattern.substring(end, matcher.start()));
      captures.add(matcher.group(1));
      end = matcher.end();
    }
    texts.add(pattern.substring(end));
    check(captures, texts);
    return new LinePattern(texts.getFirst(), captures, texts.subList(1, texts.size()));
  }

  private static void check(List<String> captures, List<String> texts) {
    if (captures.stream().noneMatch(LinePattern::isNamed)) {
      throw new IllegalArgumentException("at least one capture is required");
    }
    if (texts.subList(1, texts.size() - 1).contains("")) {
      throw new IllegalArgumentException("found consecutive capture: invalid expression");
    }
    Set<String> seen = new HashSet<>();
    for (String capture : captures) {
      if (isNamed(capture) && !seen.add(capture)) {
        throw new IllegalArgumentException(
            "duplicate capture name (" + capture + "): invalid expression");
      }
    }
  }

  /// The names of the captures, in order.
  public List<String> names() {
    return names;
  }

  /// Looks for the captures in a line. Where the text behind a capture is missing, that capture
  /// takes the rest of the line and is the last one.
  ///
  /// @param spans gets start and end of each named capture, as indexes into `buffer`; twice as long
  ///   as there are names
  /// @return how many named captures there are
  public int match(byte[] buffer, int offset, int length, int[] spans) {
    int end = offset + length;
    if (length == 0 || !startsWith(buffer, offset, end, prefix)) {
      return 0;
    }
    int at = offset + prefix.length;
    int found = 0;
    for (int i = 0; i < named.length; i++) {
      byte[] text = following[i];
      int next = text.length == 0 ? -1 : indexOf(buffer, at, end, text);
      int stop = next < 0 ? end : next;
      if (named[i]) {
        spans[2 * found] = at;
        spans[2 * found + 1] = stop;
        found++;
      }
      if (next < 0) {
        break;
      }
      at = next + text.length;
    }
    return found;
  }

  private static int indexOf(byte[] buffer, int from, int end, byte[] text) {
    byte first = text[0];
    int last = end - text.length;
    for (int i = from; i <= last; i++) {
      if (buffer[i] == first && startsWith(buffer, i, end, text)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] buffer, int from, int end, byte[] text) {
    if (end - from < text.length) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (buffer[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
