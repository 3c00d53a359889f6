package dev.weir.agent.httpclient;

/// A header field. Neither part may hold control characters: they would end the field and start
/// another.
public record Header(String name, String value) {
  public Header {
    check(name);
    check(value);
  }

  private static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new IllegalArgumentException("control character in an HTTP header");
      }
    }
  }

  /// Hides the value: it may be a secret.
  @Override
  public String toString() {
    return name;
  }
}
