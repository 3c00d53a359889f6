package dev.weir.agent.loki.positions;

import dev.weir.agent.loki.positions.PositionsParser.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The positions file of one component: a readable YAML file that holds only what is confirmed.
///
/// It is replaced whole, with the one before it kept as `<name>.previous`; both carry a checksum. A
/// damaged one is put aside as `<name>.damaged` and reported. A second agent on the same file is
/// refused.
///
/// Thread-safe. Only [#save] and [#close] wait for the disk.
public final class Positions implements AutoCloseable {
  private final PositionsDisk disk;
  private final SortedMap<String, Position> positions = new TreeMap<>();
  private final List<String> damage = new ArrayList<>();
  private boolean lost;
  private boolean changed;

  private Positions(PositionsDisk disk) {
    this.disk = disk;
  }

  /// Reads the file, or starts a new one where there is none.
  ///
  /// @throws IOException when the directory cannot be made or read, or the file is in use by
  ///   another process or component, or was written by a newer agent
  public static Positions open(Path file) throws IOException {
    var opened = new Positions(new PositionsDisk(file));
    try {
      opened.load();
    } catch (IOException e) {
      opened.disk.close();
      throw e;
    }
    return opened;
  }

  private void load() throws IOException {
    byte[] current = PositionsDisk.read(disk.current());
    if (current != null && parse(disk.current(), current)) {
      return;
    }
    byte[] previous = PositionsDisk.read(disk.previous());
    if (current == null && previous == null) {
      return;
    }
    if (current == null) {
      damage.add("positions file " + disk.current() + " is missing, its predecessor is not");
    } else {
      damage.add("the damaged file was put aside as " + disk.putAside());
    }
    if (previous != null && parse(disk.previous(), previous)) {
      damage.add("positions of the generation before are used: some lines will be sent again");
      changed = true;
    } else {
      lost = true;
    }
  }

  private boolean parse(Path file, byte[] content) throws IOException {
    try {
      positions.putAll(PositionsParser.parse(content));
      return true;
    } catch (DamagedException e) {
      damage.add("positions file " + file + " is damaged: " + e.getMessage());
      return false;
    }
  }

  /// What was wrong with the files on disk, for the log and the component's health. Empty when all
  /// was well or nothing was there.
  public List<String> damage() {
    return List.copyOf(damage);
  }

  /// Whether positions that once were may be missing: both generations were unreadable.
  public boolean lost() {
    return lost;
  }

  /// The position of a source.
  public synchronized Optional<Position> get(String key) {
    return Optional.ofNullable(positions.get(key));
  }

  /// Sets a position; on disk with the next [#save].
  public synchronized void put(String key, Position position) {
    changed |= !position.equals(positions.put(key, position));
  }

  /// Forgets a source.
  public synchronized void remove(String key) {
    changed |= positions.remove(key) != null;
  }

  /// Every key there is.
  public synchronized List<String> keys() {
    return List.copyOf(positions.keySet());
  }

  /// Writes the file if anything changed since the last time; after a failure the next call tries
  /// again.
  public void save() throws IOException {
    synchronized (disk) {
      byte[] content = unsaved();
      if (content == null) {
        return;
      }
      try {
        disk.replace(content);
      } catch (IOException e) {
        saveAnyway();
        throw e;
      }
    }
  }

  private byte @Nullable [] unsaved() {
    SortedMap<String, Position> copy;
    synchronized (this) {
      if (!changed) {
        return null;
      }
      changed = false;
      copy = new TreeMap<>(positions);
    }
    return PositionsWriter.write(copy);
  }

  /// Makes the next [#save] write the file whether or not there is a change.
  public synchronized void saveAnyway() {
    changed = true;
  }

  /// Saves and lets the file go.
  @Override
  public void close() throws IOException {
    try {
      save();
    } finally {
      disk.close();
    }
  }
}
