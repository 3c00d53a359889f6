package dev.weir.agent.river;

import java.nio.charset.StandardCharsets;

/// A River file as read: its name for messages and its bytes.
///
/// The bytes are shared, not copied; nobody changes them. Files are equal only by identity.
public final class SourceFile {
  private final String name;
  private final byte[] bytes;

  public SourceFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /// A file made from text, for tests and generated configuration.
  public static SourceFile of(String name, String text) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  /// The file's content; not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// The text of the bytes from `from` to before `to`, which may lie behind the end.
  public String text(int from, int to) {
    int end = Math.min(to, bytes.length);
    return new String(bytes, from, Math.max(end - from, 0), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
