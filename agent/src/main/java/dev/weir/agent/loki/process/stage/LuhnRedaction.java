package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.RawText;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds numbers with a check digit and replaces them.
///
/// A number is as long a row of digits, with delimiters between them, as there is; one of more than
/// 63 bits is none. Not thread-safe.
final class LuhnRedaction {
  private final byte[] replacement;
  private final int minLength;
  private final byte[][] delimiters;
  private final @Nullable GoRegex skipped;
  private @Nullable List<GoMatch> skips;
  private byte[] result = new byte[256];
  private int size;
  private int copied;

  /// @param skipped numbers inside its matches are left alone
  LuhnRedaction(byte[] replacement, int minLength, String delimiters, @Nullable GoRegex skipped) {
    this.replacement = replacement;
    this.minLength = minLength;
    this.delimiters =
        delimiters
            .codePoints()
            .mapToObj(c -> Character.toString(c).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.skipped = skipped;
  }

  /// Makes `text` the entry's line, with its numbers replaced.
  void apply(Slice text, Entry entry) {
    size = 0;
    copied = text.offset();
    skips = null;
    int at = text.offset();
    while (at < text.end()) {
      at = digitLength(text.buffer(), at, text.end()) > 0 ? number(text, at) : at + 1;
    }
    if (size == 0) {
      entry.line(text.buffer(), text.offset(), text.length());
      return;
    }
    append(text.buffer(), copied, text.end() - copied);
    Batch batch = entry.batch();
    int to = batch.reserve(size);
    System.arraycopy(result, 0, batch.scratch(), to, size);
    entry.line(batch.scratch(), to, size);
  }

  /// Deals with the number that starts here and returns where it ends.
  private int number(Slice text, int start) {
    byte[] buffer = text.buffer();
    long value = 0;
    boolean fits = true;
    int digits = 0;
    int end = start;
    int lastDelimiter = 0;
    int at = start;
    while (at < text.end()) {
      int length = digitLength(buffer, at, text.end());
      int delimiter = length > 0 ? 0 : delimiterLength(buffer, at, text.end());
      if (length + delimiter == 0) {
        break;
      }
      if (length > 0) {
        int digit = buffer[at] - '0';
        fits &= length == 1 && value <= (Long.MAX_VALUE - digit) / 10;
        value = 10 * value + digit;
        digits++;
        end = at + 1;
      }
      at += length + delimiter;
      lastDelimiter = delimiter;
    }
    if (fits && digits >= minLength && isLuhn(value) && !isSkipped(text, start, end)) {
      append(buffer, copied, start - copied);
      append(replacement, 0, replacement.length);
      // Of the delimiters behind it, the last one stays.
      copied = at - lastDelimiter;
    }
    return at;
  }

  /// Bytes of the digit that stands here; more than one for digits of other scripts, of which no
  /// number is made.
  private static int digitLength(byte[] buffer, int at, int end) {
    int first = buffer[at];
    if (first >= 0) {
      return first >= '0' && first <= '9' ? 1 : 0;
    }
    int length = first < (byte) 0xe0 ? 2 : first < (byte) 0xf0 ? 3 : 4;
    if (first < (byte) 0xc2 || at + length > end) {
      return 0;
    }
    int c = first & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      c = (c << 6) | (buffer[at + i] & 0x3f);
    }
    return Character.isDigit(c) ? length : 0;
  }

  private int delimiterLength(byte[] buffer, int at, int end) {
    for (byte[] delimiter : delimiters) {
      int to = at + delimiter.length;
      if (to <= end && Arrays.equals(buffer, at, to, delimiter, 0, delimiter.length)) {
        return delimiter.length;
      }
    }
    return 0;
  }

  static boolean isLuhn(long number) {
    long sum = 0;
    long left = number;
    for (int i = 0; left > 0; i++) {
      long digit = left % 10;
      sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
      left /= 10;
    }
    return sum % 10 == 0;
  }

  private boolean isSkipped(Slice text, int start, int end) {
    GoRegex regex = skipped;
    if (regex == null) {
      return false;
    }
    List<GoMatch> matches = skips;
    if (matches == null) {
      matches = regex.matches(text.text());
      skips = matches;
    }
    int from = RawText.decode(text.buffer(), text.offset(), start - text.offset()).length();
    int to = from + RawText.decode(text.buffer(), start, end - start).length();
    return matches.stream().anyMatch(match -> match.start(0) <= from && to <= match.end(0));
  }

  private void append(byte[] from, int offset, int length) {
    if (size + length > result.length) {
      result = Arrays.copyOf(result, Math.max(size + length, 2 * result.length));
    }
    System.arraycopy(from, offset, result, size, length);
    size += length;
  }
}
