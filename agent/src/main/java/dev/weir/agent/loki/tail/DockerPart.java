package dev.weir.agent.loki.tail;

/// What Docker's log drivers make of long lines.
final class DockerPart {
  /// Docker cuts a line into records of that many bytes; a shorter one without line end is the last
  /// of its stream's run, such as a prompt at the container's end.
  static final int LENGTH = 16 << 10;

  private DockerPart() {}

  /// How a record ends.
  ///
  /// @param ended whether its text ended a line
  /// @param length of the text without that end
  static PartJoiner.End end(boolean ended, int length) {
    if (ended) {
      return PartJoiner.End.LINE;
    }
    return length < LENGTH ? PartJoiner.End.CUT : PartJoiner.End.NONE;
  }
}
