package dev.weir.agent.river;

/// A place in a source file.
///
/// @param offset bytes from the start of the file, 0-based
/// @param line 1-based
/// @param column in bytes, 1-based
public record Position(int offset, int line, int column) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    return Integer.compare(offset, other.offset);
  }
}
