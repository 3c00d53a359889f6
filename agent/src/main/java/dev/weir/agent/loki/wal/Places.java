package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.positions.PositionsDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The file that tells, after a restart, how far every outlet was. Two generations of it are kept;
/// it is locked, and with it the log.
///
/// Lines of key, segment, offset, sequence and bytes of text, then one with a checksum. Keys are
/// hashes: what they are made of may hold a password.
///
/// Not thread-safe.
final class Places implements Closeable {
  private static final String HEADER = "weir-wal-places 1";
  private static final String CHECKSUM = "checksum ";
  private static final int FIELDS = 5;
  private static final int KEY_LENGTH = 32;

  private final PositionsDisk disk;

  Places(Path file) throws IOException {
    disk = new PositionsDisk(file);
  }

  /// What stands for an outlet's key in the file.
  static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, KEY_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The places last saved, by hash of key; null when there are none that can be read.
  @Nullable SortedMap<String, Place> read() throws IOException {
    for (Path file : new Path[] {disk.current(), disk.previous()}) {
      byte[] content = PositionsDisk.read(file);
      SortedMap<String, Place> places = content == null ? null : parse(content);
      if (places != null) {
        return places;
      }
    }
    return null;
  }

  /// Puts these in place of what was saved.
  void save(Map<String, Place> places) throws IOException {
    var text = new StringBuilder(HEADER).append('\n');
    new TreeMap<>(places)
        .forEach((key, place) ->
            text.append(key)
                .append(' ')
                .append(place.segment())
                .append(' ')
                .append(place.offset())
                .append(' ')
                .append(place.sequence())
                .append(' ')
                .append(place.text())
                .append('\n'));
    String checksum = checksum(text.toString());
    text.append(CHECKSUM).append(checksum).append('\n');
    disk.replace(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable SortedMap<String, Place> parse(byte[] content) {
    var text = new String(content, StandardCharsets.UTF_8);
    int end = text.lastIndexOf(CHECKSUM);
    if (end < 0
        || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
      return null;
    }
    String[] lines = text.substring(0, end).split("\n", -1);
    if (!lines[0].equals(HEADER)) {
      return null;
    }
    SortedMap<String, Place> places = new TreeMap<>();
    try {
      for (int i = 1; i < lines.length - 1; i++) {
        String[] fields = lines[i].split(" ", -1);
        if (fields.length != FIELDS) {
          return null;
        }
        places.put(
            fields[0],
            new Place(number(fields[1]), number(fields[2]), number(fields[3]), number(fields[4])));
      }
    } catch (NumberFormatException e) {
      return null;
    }
    return places;
  }

  private static long number(String text) {
    return Long.parseUnsignedLong(text);
  }

  private static String checksum(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
