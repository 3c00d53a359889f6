package dev.weir.agent.loki.tail;

import org.jspecify.annotations.Nullable;

/// How a file's bytes become entries.
public sealed interface LineFormat {
  /// Lines of text, each an entry whose time is that of its reading.
  ///
  /// The newline and one carriage return before it are left out, and so is a byte order mark. Times
  /// grow strictly from line to line, so that equal lines stay apart; a line that is read again has
  /// another time.
  ///
  /// @param stream of all lines
  /// @param encoding of files that do not begin with the byte order mark of another
  record PlainLines(TailStream stream, TextEncoding encoding) implements LineFormat {
    /// Lines in UTF-8.
    public PlainLines(TailStream stream) {
      this(stream, TextEncoding.UTF_8);
    }
  }

  /// Docker's `json-file` records. Those that are parts of one long line are joined per stream,
  /// with the time of the first.
  ///
  /// @param stdout for records of standard output, and of streams with other names
  /// @param stderr for records of standard error
  record DockerJsonLines(TailStream stdout, TailStream stderr) implements LineFormat {}

  /// Records of Docker's `local` driver, with the same rules.
  ///
  /// @param stdout for records of standard output
  /// @param stderr for records of standard error
  record DockerLocalRecords(TailStream stdout, TailStream stderr) implements LineFormat {}

  /// The log of a container in a Kubernetes pod: as a CRI runtime writes it, or as Docker's
  /// `json-file` driver, which is told from the file's first byte. Records that are parts of one
  /// long line are joined per stream, with the time of the first. A line that is neither is text of
  /// standard output as it is.
  ///
  /// @param stdout for standard output; null to leave it out
  /// @param stderr for standard error; null to leave it out
  record PodLines(
      @Nullable TailStream stdout, @Nullable TailStream stderr, int longestLine, LongLines tooLong)
      implements LineFormat {}
}
