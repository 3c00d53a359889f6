package dev.weir.agent.httpclient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Text given literally or as a file, which is read again when it has changed.
///
/// Not thread-safe.
final class WatchedText {
  private final @Nullable Path file;
  private String text;
  private @Nullable FileTime modified;
  private @Nullable Object key;
  private long size = -1;

  private WatchedText(@Nullable Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /// Text from the one that is given; empty when neither is.
  static WatchedText of(@Nullable String literal, @Nullable String file) {
    return new WatchedText(
        file == null || file.isEmpty() ? null : Path.of(file), literal == null ? "" : literal);
  }

  /// The text as it is now, without white space around it when it comes from a file.
  String text() throws IOException {
    if (file == null) {
      return text;
    }
    var now = Files.readAttributes(file, BasicFileAttributes.class);
    boolean same =
        now.lastModifiedTime().equals(modified)
            && now.size() == size
            && Objects.equals(now.fileKey(), key);
    if (!same) {
      text = Files.readString(file).strip();
      modified = now.lastModifiedTime();
      size = now.size();
      key = now.fileKey();
    }
    return text;
  }
}
