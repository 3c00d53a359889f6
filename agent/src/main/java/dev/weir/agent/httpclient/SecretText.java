package dev.weir.agent.httpclient;

import dev.weir.agent.river.eval.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// A secret given as text or as a file, which is read again when it has changed.
///
/// Not thread-safe.
final class SecretText {
  private final @Nullable Path file;
  private String text;
  private @Nullable FileTime modified;
  private long size = -1;

  private SecretText(@Nullable Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static SecretText of(@Nullable Secret secret, @Nullable String file) {
    return new SecretText(
        file == null ? null : Path.of(file), secret == null ? "" : secret.reveal());
  }

  /// The secret, without white space around it when it comes from a file.
  String text() throws IOException {
    if (file != null) {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.lastModifiedTime().equals(modified) || now.size() != size) {
        text = Files.readString(file).strip();
        modified = now.lastModifiedTime();
        size = now.size();
      }
    }
    return text;
  }
}
