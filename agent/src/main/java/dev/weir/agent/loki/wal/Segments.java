package dev.weir.agent.loki.wal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The segments of a log, oldest first. Only the last one grows.
///
/// Not thread-safe: the log's lock guards it.
final class Segments {
  private static final String ENDING = ".weir";
  private static final int DIGITS = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path directory;
  private final Deque<Segment> all = new ArrayDeque<>();
  private long bytes;
  private long nextNumber;

  private Segments(Path directory) {
    this.directory = directory;
  }

  static Segments none(Path directory) {
    return new Segments(directory);
  }

  /// Whether the directory holds segments.
  static boolean exist(Path directory) {
    try {
      return !files(directory).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /// Those that an earlier process left.
  ///
  /// @param now by `System.nanoTime`
  static Segments open(Path directory, InstantSource clock, long now, Logger log)
      throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var segments = new Segments(directory);
    List<Path> files = files(directory);
    for (int i = 0; i < files.size(); i++) {
      Path next = i + 1 < files.size() ? files.get(i + 1) : null;
      segments.adopt(files.get(i), next, clock.millis(), now, log);
    }
    return segments;
  }

  private static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : found) {
        if (number(file) >= 0) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return files;
    }
    Collections.sort(files);
    return files;
  }

  /// The number in a file's name, -1 when it is not a segment's.
  private static long number(Path file) {
    String name = file.getFileName().toString();
    String digits = name.substring(0, name.length() - ENDING.length());
    boolean valid = digits.length() == DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return valid ? Long.parseLong(digits) : -1;
  }

  /// Takes a file. The last one is looked through; of the others, what follows tells the end.
  private void adopt(Path file, @Nullable Path next, long millis, long now, Logger log)
      throws IOException {
    long number = number(file);
    long size = Files.size(file);
    nextNumber = number + 1;
    Scan first = scan(file, size, next == null);
    Scan scan = next == null ? first : scan(next, Files.size(next), false);
    if (next == null && first.end() < size) {
      log.atWarn()
          .addKeyValue("segment", number)
          .addKeyValue("bytes", size - first.end())
          .log("the end of the log was not written whole; it was confirmed to nobody");
      cut(file, first.end());
    }
    if (size == 0 || (first.end() == 0 && next == null)) {
      Files.delete(file);
      return;
    }
    long good = next == null ? first.end() : size;
    Scan beginning = first.end() == 0 ? scan : first;
    var start = new Place(number, 0, beginning.firstSequence(), beginning.firstText());
    Place end =
        next == null
            ? new Place(number, good, first.sequence(), first.text())
            : new Place(number, good, scan.firstSequence(), scan.firstText());
    long age = Math.max(0, millis - Files.getLastModifiedTime(file).toMillis());
    all.addLast(new Segment(file, start, end, now - age * NANOS_PER_MILLI));
    bytes += good;
  }

  /// What a file holds.
  ///
  /// @param end where the last whole record that was looked at ends, 0 when there is none
  private record Scan(long end, long firstSequence, long firstText, long sequence, long text) {}

  /// @param all whether to look at more than the first record
  private static Scan scan(Path file, long size, boolean all) throws IOException {
    try (var reader = new SegmentReader(file, 0)) {
      Frame first = reader.next(size);
      if (first == null) {
        return new Scan(0, 0, 0, 0, 0);
      }
      long end = reader.offset();
      Frame last = first;
      for (Frame next = first; all && next != null; next = reader.next(size)) {
        last = next;
        end = reader.offset();
      }
      return new Scan(
          end,
          first.sequence(),
          first.textBefore(),
          last.sequence() + last.entries(),
          last.textBefore() + last.text());
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  /// A name for one more file, and its number.
  Path nextFile() {
    return directory.resolve(String.format("%0" + DIGITS + "d%s", nextNumber, ENDING));
  }

  /// Numbers only grow, also when all files are gone.
  void continueAfter(Place place) {
    nextNumber = Math.max(nextNumber, place.segment() + 1);
  }

  long takeNumber() {
    return nextNumber++;
  }

  void add(Segment segment) {
    all.addLast(segment);
  }

  void grown(int more) {
    bytes += more;
  }

  long bytes() {
    return bytes;
  }

  int count() {
    return all.size();
  }

  @Nullable Segment oldest() {
    return all.peekFirst();
  }

  @Nullable Segment newest() {
    return all.peekLast();
  }

  boolean isNewest(Segment segment) {
    Segment newest = all.peekLast();
    return newest != null && newest.number() == segment.number();
  }

  /// The segment to read on in, null when there is nothing yet.
  @Nullable Segment after(Place place) {
    for (Segment segment : all) {
      boolean inside = segment.number() == place.segment() && place.offset() < segment.bytes();
      if (inside || (segment.number() > place.segment() && segment.bytes() > 0)) {
        return segment;
      }
    }
    return null;
  }

  /// Bytes behind a place.
  long bytesAfter(Place place) {
    long left = 0;
    for (Segment segment : all) {
      if (segment.number() > place.segment()) {
        left += segment.bytes();
      } else if (segment.number() == place.segment()) {
        left += Math.max(0, segment.bytes() - place.offset());
      }
    }
    return left;
  }

  /// Deletes the oldest segment.
  void removeOldest() throws IOException {
    Segment oldest = all.getFirst();
    Files.deleteIfExists(oldest.file());
    all.removeFirst();
    bytes -= oldest.bytes();
  }
}
