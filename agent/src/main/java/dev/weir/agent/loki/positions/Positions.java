package dev.weir.agent.loki.positions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The positions file of one component: a readable YAML file that holds only what is confirmed.
///
/// It is replaced whole, at most once a second, with the one before it kept as `<name>.previous`;
/// both carry a checksum. A second agent on the same file is refused.
///
/// Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class Positions implements AutoCloseable {
  private Positions() {}

  /// Reads the file, or starts a new one where there is none.
  ///
  /// @throws IOException when the directory cannot be made or read, or the file is in use by
  ///   another process
  public static Positions open(Path file) throws IOException {
    throw new UnsupportedOperationException(file.toString());
  }

  /// What was wrong with the files on disk, for the log and the component's health. Empty when all
  /// was well or nothing was there.
  public List<String> damage() {
    throw new UnsupportedOperationException();
  }

  /// Whether positions that once were may be missing: both generations were unreadable.
  public boolean lost() {
    throw new UnsupportedOperationException();
  }

  /// The position of a source.
  public Optional<Position> get(String key) {
    throw new UnsupportedOperationException(key);
  }

  /// Sets a position; on disk with the next [#save].
  public void put(String key, Position position) {
    throw new UnsupportedOperationException(key + position);
  }

  /// Forgets a source.
  public void remove(String key) {
    throw new UnsupportedOperationException(key);
  }

  /// Every key there is.
  public List<String> keys() {
    throw new UnsupportedOperationException();
  }

  /// Writes the file if anything changed since the last time.
  public void save() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Saves and lets the file go.
  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
