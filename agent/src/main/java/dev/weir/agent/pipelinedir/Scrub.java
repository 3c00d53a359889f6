package dev.weir.agent.pipelinedir;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cleans messages that leave the agent: whoever may see a pipeline's status need not be allowed to
/// see its secrets.
final class Scrub {
  private static final int MAX_LENGTH = 512;

  /// `scheme://user:password@host/path?query`: user and query may be secret. What ends a URL in a
  /// sentence is no part of it.
  private static final Pattern URL =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]{0,31}://)(?:[^\\s/@\"'<>]{1,512}@)?([^\\s?#\"'<>]*)"
              + "(?:[?#][^\\s\"'<>]*)?");

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{6,}");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(password|passwd|token|secret|api[_-]?key|access[_-]?key|authorization)"
              + "(\"?\\s*[=:]\\s*\"?)[^\\s\",;&]+");

  private Scrub() {}

  /// The message without credentials and query strings, on one line, not too long.
  static String clean(String message) {
    String line =
        message.length() > 4 * MAX_LENGTH ? message.substring(0, 4 * MAX_LENGTH) : message;
    line = line.replaceAll("\\p{Cntrl}+", " ");
    line = URL.matcher(line).replaceAll(Scrub::url);
    line = CREDENTIALS.matcher(line).replaceAll("$1 (secret)");
    line = NAMED.matcher(line).replaceAll("$1$2(secret)");
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH - 1) + "\u2026" : line;
  }

  private static String url(java.util.regex.MatchResult found) {
    return Matcher.quoteReplacement(found.group(1) + found.group(2));
  }
}
