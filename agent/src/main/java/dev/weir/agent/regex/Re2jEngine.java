package dev.weir.agent.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// The faithful, slow one.
///
/// Thread-safe.
final class Re2jEngine implements Engine {
  private final Pattern pattern;

  Re2jEngine(String goSyntax) {
    pattern = Pattern.compile(goSyntax);
  }

  @Override
  public boolean find(String text) {
    return pattern.matcher(text).find();
  }

  @Override
  public int @Nullable [] find(String text, int from) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find(from)) {
      return null;
    }
    var spans = new int[2 * (pattern.groupCount() + 1)];
    fill(matcher, spans);
    return spans;
  }

  /// Goes through a string, because RE2/J takes the place behind a non-ASCII byte for the start of
  /// the text.
  @Override
  public boolean find(byte[] buffer, int offset, int length, int[] spans) {
    var indexes = new int[length + 1];
    String text = Utf8.decode(buffer, offset, length, indexes);
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return false;
    }
    fill(matcher, spans);
    for (int i = 0; i < spans.length; i++) {
      spans[i] = spans[i] < 0 ? -1 : indexes[spans[i]];
    }
    return true;
  }

  private static void fill(Matcher matcher, int[] spans) {
    for (int group = 0; 2 * group < spans.length; group++) {
      spans[2 * group] = matcher.start(group);
      spans[2 * group + 1] = matcher.end(group);
    }
  }
}
