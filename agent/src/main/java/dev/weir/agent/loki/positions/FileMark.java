package dev.weir.agent.loki.positions;

/// A place in one file that is recognised even after the file was renamed, copied, compressed,
/// truncated or its inode reused.
///
/// @param device of the file system
/// @param inode in it
/// @param head what the file starts with
/// @param check what lies before a place at or behind the offsets: proof that what was read is
///   still there
/// @param offset up to here everything is confirmed, bytes from the start
/// @param stdout up to here standard output is confirmed; more than `offset` while a line of the
///   other stream is in parts and incomplete
/// @param stderr the same for standard error
/// @param modified when the file had last been written to, nanoseconds since 1970; files written to
///   later are younger
/// @param complete whether the file is confirmed to its end and will not grow
public record FileMark(
    long device,
    long inode,
    Slice head,
    Slice check,
    long offset,
    long stdout,
    long stderr,
    long modified,
    boolean complete) {

  /// A run of bytes, known by its hash.
  ///
  /// @param end where the run ends in the file
  /// @param length how many bytes
  /// @param hash of them, see [ContentHash]
  public record Slice(long end, int length, long hash) {
    /// No bytes, at the start.
    public static final Slice NONE = new Slice(0, 0, 0);
  }
}
