package dev.weir.agent.loki.tail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file to be read.
///
/// @param key names its position; one tail per key
/// @param path of the file, which need not exist yet
/// @param start where to begin when there is no stored position for the key
/// @param compression null when the file is not to be decompressed
/// @param roots where the file may lie
/// @param held whether it is only opened, and kept whatever becomes of it on disk, and read once
///   [Tail#format] was called
public record TailTarget(
    String key,
    Path path,
    Rotation rotation,
    LineFormat format,
    Start start,
    @Nullable Compression compression,
    Roots roots,
    boolean held,
    TailListener listener) {

  /// A file that is no archive, wherever it lies, and is read at once.
  public TailTarget(
      String key,
      Path path,
      Rotation rotation,
      LineFormat format,
      Start start,
      TailListener listener) {
    this(key, path, rotation, format, start, null, Roots.ANYWHERE, false, listener);
  }

  /// Where to begin without a stored position.
  public enum Start {
    /// At the oldest line there is.
    BEGINNING,
    /// At the start of the last line.
    END
  }
}
