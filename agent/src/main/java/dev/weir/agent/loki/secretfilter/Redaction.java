package dev.weir.agent.loki.secretfilter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What stands in the place of a secret.
///
/// @param with a text with `$SECRET_NAME` and `$SECRET_HASH`; empty for the secret cut short
/// @param percent of the secret that is cut off
record Redaction(String with, int percent) {
  private static final int USUAL_PERCENT = 80;

  Redaction {
    percent = percent <= 0 || percent > 100 ? USUAL_PERCENT : percent;
  }

  /// The text for one secret.
  String of(Finding finding) {
    if (!with.isEmpty()) {
      return with.replace("$SECRET_NAME", finding.rule())
          .replace("$SECRET_HASH", hash(finding.secret()));
    }
    if (percent == 100) {
      return "REDACTED";
    }
    String secret = finding.secret();
    int kept = (int) Math.rint(secret.length() * (100 - percent) / 100.0);
    boolean half = kept > 0 && Character.isHighSurrogate(secret.charAt(kept - 1));
    return secret.substring(0, half ? kept - 1 : kept) + "...";
  }

  private static String hash(String secret) {
    try {
      // Names a secret without telling it; Alloy's users compare these.
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  /// A line with every occurrence of a text replaced; bytes that are not UTF-8 stay as they are.
  static byte[] replaced(byte[] line, String text, String replacement) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    byte[] instead = replacement.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(line.length);
    int at = 0;
    while (at < line.length) {
      if (startsWith(line, at, wanted)) {
        out.writeBytes(instead);
        at += wanted.length;
      } else {
        out.write(line[at++]);
      }
    }
    return out.toByteArray();
  }

  private static boolean startsWith(byte[] line, int at, byte[] wanted) {
    if (wanted.length == 0 || line.length - at < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (line[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
