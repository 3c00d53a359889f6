package dev.weir.agent.regex;

import org.jspecify.annotations.Nullable;
import org.safere.Matcher;
import org.safere.Pattern;
import org.safere.Utf8Input;
import org.safere.Utf8Matcher;

/// The fast one. Bytes must be valid UTF-8.
///
/// Thread-safe.
final class SafeReEngine implements Engine {
  private final Pattern pattern;
  private final int groups;

  SafeReEngine(String javaSyntax, int groups) {
    this.pattern = Pattern.compile(javaSyntax);
    this.groups = groups;
  }

  @Override
  public boolean find(String text) {
    return pattern.matcher(text).find();
  }

  @Override
  public int @Nullable [] find(String text, int from) {
    Matcher matcher = pattern.matcher(text);
    if (!(from == 0 ? matcher.find() : matcher.find(from))) {
      return null;
    }
    var spans = new int[2 * (groups + 1)];
    for (int group = 0; group <= groups; group++) {
      spans[2 * group] = matcher.start(group);
      spans[2 * group + 1] = matcher.end(group);
    }
    return spans;
  }

  @Override
  public boolean find(byte[] buffer, int offset, int length, int[] spans) {
    Utf8Matcher matcher = pattern.matcher(Utf8Input.trusted(buffer, offset, length));
    if (!matcher.find()) {
      return false;
    }
    for (int i = 0; i < spans.length; i += 2) {
      int start = matcher.start(i / 2);
      spans[i] = start < 0 ? -1 : start + offset;
      spans[i + 1] = start < 0 ? -1 : matcher.end(i / 2) + offset;
    }
    return true;
  }
}
