package dev.weir.agent.river;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what must not be shown in text that may hold secrets: errors of a configuration end up in
/// logs.
public final class Masks {
  /// Attributes whose value is a secret wherever they stand.
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b[a-z_]*(?:password|secret|token|credentials|assertion|key_pem|api_key|headers?)\\s*=(?!=)");

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"?|`([^`]*+)`?");
  private static final Pattern PEM = Pattern.compile("^\\s*([A-Za-z0-9+/=]{40,})\\s*$");
  private static final Pattern PASSWORDS =
      Pattern.compile("(://[^/?#@:\\s\"]*+:)([^/?#@\\s\"]*+)@");

  private Masks() {}

  /// The characters of a line of a configuration that are part of a secret.
  static BitSet of(String line) {
    var masked = new BitSet();
    Matcher attribute = SECRET.matcher(line);
    if (attribute.find()) {
      Matcher text = TEXT.matcher(line).region(attribute.end(), line.length());
      while (text.find()) {
        int group = text.start(1) >= 0 ? 1 : 2;
        masked.set(text.start(group), text.end(group));
      }
    }
    Matcher pem = PEM.matcher(line);
    if (pem.find()) {
      masked.set(pem.start(1), pem.end(1));
    }
    Matcher password = PASSWORDS.matcher(line);
    while (password.find()) {
      masked.set(password.start(2), password.end(2));
    }
    return masked;
  }

  /// The text with the passwords of the URLs in it replaced, as Go does.
  public static String withoutPasswords(String text) {
    return text.contains("://") ? PASSWORDS.matcher(text).replaceAll("$1xxxxx@") : text;
  }
}
